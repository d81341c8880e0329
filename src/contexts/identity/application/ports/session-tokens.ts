/** `__Host-`: only over a secure connection (or on localhost), only for this host, never set by a subdomain. */
export const CITIZEN_COOKIE = '__Host-session';
export const STAFF_COOKIE = '__Host-office';

/** Secrets by which a browser is known. The database holds only their hashes. */
export abstract class SessionTokens {
  /** A fresh secret of 256 random bits with its hash. */
  abstract issue(): { readonly token: string; readonly hash: string };
  abstract hashOf(token: string): string;
}
