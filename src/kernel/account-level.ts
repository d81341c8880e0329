/** Level of an ESIA account, lowest first (fact sheet §6). It comes from ESIA; the portal never raises one. */
export const ACCOUNT_LEVELS = ['SIMPLIFIED', 'STANDARD', 'CONFIRMED'] as const;
export type AccountLevel = (typeof ACCOUNT_LEVELS)[number];

export const isAtLeast = (level: AccountLevel, required: AccountLevel): boolean =>
  ACCOUNT_LEVELS.indexOf(level) >= ACCOUNT_LEVELS.indexOf(required);
