import { type FeedCategory, type NotificationKind, SECURITY } from './notification-kind.js';

/**
 * How far a message goes:
 * - `BY_PREFERENCES`: the channels the citizen chose for its kind;
 * - `OWN_DEED`: the same, and the feed even where the kind is refused, because it answers what the citizen has just done;
 * - `FEED_ONLY`: never leaves the portal (steps that need no attention, §7.1);
 * - `SECURITY`: feed and e-mail whatever the preferences. The feed entry is born read: signing in must not ring one's own bell.
 */
export type Reach = 'BY_PREFERENCES' | 'OWN_DEED' | 'FEED_ONLY' | 'SECURITY';

interface TopicRules {
  readonly kind: NotificationKind | typeof SECURITY;
  readonly category: FeedCategory;
  readonly reach: Reach;
}

const fine = (reach: Reach): TopicRules => ({ kind: 'TRAFFIC_FINES', category: 'PAYMENT', reach });
const application = (reach: Reach): TopicRules => ({ kind: 'APPLICATION_STATUS', category: 'APPLICATION', reach });

const expiry: TopicRules = { kind: 'DOCUMENT_EXPIRY', category: 'APPLICATION', reach: 'BY_PREFERENCES' };

/** Everything the portal tells people about. Wording of each: `templates/notifications/announcements.json`. */
export const TOPICS = {
  'fine-found': fine('BY_PREFERENCES'),
  'fine-found-with-discount': fine('BY_PREFERENCES'),
  'fine-paid': fine('OWN_DEED'),
  'fine-payment-failed': fine('OWN_DEED'),
  'application-SUBMITTED': application('BY_PREFERENCES'),
  'application-AWAITING_PAYMENT': application('BY_PREFERENCES'),
  'application-SENT': application('FEED_ONLY'),
  'application-DELIVERY_ERROR': application('BY_PREFERENCES'),
  'application-ACCEPTED': application('BY_PREFERENCES'),
  'application-IN_PROGRESS': application('BY_PREFERENCES'),
  'application-AWAITING_INFO': application('BY_PREFERENCES'),
  'application-NEEDS_CORRECTION': application('BY_PREFERENCES'),
  'application-CANCELLING': application('FEED_ONLY'),
  'application-CANCELLED': application('BY_PREFERENCES'),
  'application-EXECUTED': application('BY_PREFERENCES'),
  'application-REFUSED': application('BY_PREFERENCES'),
  'document-expires': expiry,
  'document-expires-today': expiry,
  // None of the six sections is about safety; «Техподдержка» is the one people turn to with it.
  'file-infected': { kind: SECURITY, category: 'SUPPORT', reach: 'SECURITY' },
  'signed-in': { kind: SECURITY, category: 'SUPPORT', reach: 'SECURITY' },
} as const satisfies Readonly<Record<string, TopicRules>>;
export type Topic = keyof typeof TOPICS;

/** Rules of a topic, widened from the literals of the table. */
export const rulesOf = (topic: Topic): TopicRules => TOPICS[topic];
