/** Codes of an authenticator app (TOTP, RFC 6238). */
export abstract class OneTimeCodes {
  /** The time step `code` belongs to, the neighbouring ones allowed for slow clocks; null for a wrong code. */
  abstract stepOf(secret: string, code: string, now: Date): number | null;
}
