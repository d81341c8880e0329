/** The eight kinds a citizen may switch, in the order of seed 000 (fact sheet §9.1). */
export const NOTIFICATION_KINDS = [
  'TRAFFIC_FINES',
  'CHILD_CHARGES',
  'APPLICATION_STATUS',
  'DOCTOR_APPOINTMENT',
  'CHECKUP',
  'CHILD_CHECKUP',
  'CHILD_ESIA_REGISTRATION',
  'DOCUMENT_EXPIRY',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Messages about the safety of the account belong to none of the eight kinds and cannot be switched off (§9.1). */
export const SECURITY = 'SECURITY';

/** Ways out of the portal; each may be switched for each kind. */
export const OUTWARD_CHANNELS = ['SMS', 'EMAIL', 'PUSH'] as const;
export type OutwardChannel = (typeof OUTWARD_CHANNELS)[number];

/** Every way to be told, the feed of the portal included. */
export const CHANNELS = [...OUTWARD_CHANNELS, 'FEED'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Sections of the feed, exactly six (seed 001). */
export const FEED_CATEGORIES = ['PAYMENT', 'APPLICATION', 'DRAFT', 'APPOINTMENT', 'GOV_MAIL', 'SUPPORT'] as const;
export type FeedCategory = (typeof FEED_CATEGORIES)[number];

/** Kinds that a citizen may refuse altogether, the feed included: «просто отказаться от данной опции» (seed 000, §9.1). */
export const REFUSABLE_KINDS: readonly NotificationKind[] = ['TRAFFIC_FINES', 'CHECKUP', 'CHILD_CHECKUP'];

export const isNotificationKind = (value: string): value is NotificationKind =>
  (NOTIFICATION_KINDS as readonly string[]).includes(value);
export const isChannel = (value: string): value is Channel => (CHANNELS as readonly string[]).includes(value);
export const isFeedCategory = (value: string): value is FeedCategory =>
  (FEED_CATEGORIES as readonly string[]).includes(value);
