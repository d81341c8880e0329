/** A session ends after this long without a request, */
export const IDLE_MS = 30 * 60_000;
/** and in any case this long after sign-in. */
export const ABSOLUTE_MS = 12 * 3600_000;

export const expiryOf = (openedAt: Date): Date => new Date(openedAt.getTime() + ABSOLUTE_MS);

/** A session last seen before this instant has ended by idleness. */
export const idleSince = (now: Date): Date => new Date(now.getTime() - IDLE_MS);
