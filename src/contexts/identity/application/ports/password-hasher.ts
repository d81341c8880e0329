/** Slow on purpose: what is stored must not give the password away. */
export abstract class PasswordHasher {
  /** A self-describing text; two hashes of one password differ. */
  abstract hash(password: string): Promise<string>;
  /** False for a wrong password; as slow as for a right one. `hash` null stands for an unknown account and is never right. */
  abstract matches(password: string, hash: string | null): Promise<boolean>;
}
