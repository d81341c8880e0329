import { AggregateRoot } from '../../../kernel/aggregate-root.js';
import { DeliveryWindow } from './delivery-window.js';
import {
  type Channel,
  CHANNELS,
  isChannel,
  isNotificationKind,
  NOTIFICATION_KINDS,
  type NotificationKind,
  REFUSABLE_KINDS,
} from './notification-kind.js';
import { StalePreferences, UnknownPreference } from './preferences.errors.js';
import { rulesOf, type Topic } from './topics.js';

/** Chosen channels of each kind. */
export type ChannelMatrix = Readonly<Record<NotificationKind, readonly Channel[]>>;

/** Defaults of §9.1: SMS only where waiting costs something. */
export const DEFAULT_MATRIX: ChannelMatrix = {
  TRAFFIC_FINES: ['EMAIL', 'PUSH', 'FEED'],
  CHILD_CHARGES: ['EMAIL', 'PUSH', 'FEED'],
  APPLICATION_STATUS: ['SMS', 'EMAIL', 'PUSH', 'FEED'],
  DOCTOR_APPOINTMENT: ['SMS', 'PUSH', 'FEED'],
  CHECKUP: ['EMAIL', 'PUSH', 'FEED'],
  CHILD_CHECKUP: ['EMAIL', 'PUSH', 'FEED'],
  CHILD_ESIA_REGISTRATION: ['EMAIL', 'FEED'],
  DOCUMENT_EXPIRY: ['EMAIL', 'PUSH', 'FEED'],
};

/** How a citizen wants to be told: which kinds by which channels, and when SMS and push may come. One per account. */
export class Preferences extends AggregateRoot {
  private constructor(
    readonly accountId: string,
    private matrix: ChannelMatrix,
    private windowFrom: string,
    private windowUntil: string,
    /** Number of the saved state the citizen looked at; zero while nothing was ever saved. */
    readonly version: number,
  ) {
    super();
  }

  /** What holds for an account that never changed anything. */
  static byDefault(accountId: string): Preferences {
    const { from, until } = DeliveryWindow.default;
    return new Preferences(accountId, DEFAULT_MATRIX, from, until, 0);
  }

  get window(): DeliveryWindow {
    return DeliveryWindow.of(this.windowFrom, this.windowUntil);
  }

  get channels(): ChannelMatrix {
    return this.matrix;
  }

  /** Channels by which this topic reaches the citizen. */
  channelsFor(topic: Topic): readonly Channel[] {
    const { kind, reach } = rulesOf(topic);
    if (reach === 'SECURITY' || kind === 'SECURITY') return ['EMAIL', 'FEED'];
    const chosen = this.matrix[kind];
    if (reach === 'FEED_ONLY') return chosen.filter((channel) => channel === 'FEED');
    return reach === 'OWN_DEED' && !chosen.includes('FEED') ? [...chosen, 'FEED'] : chosen;
  }

  /** Whether a message that waited may still go out: the citizen may have changed their mind overnight. */
  stillAllows(kind: string, channel: Channel): boolean {
    return !isNotificationKind(kind) || this.matrix[kind].includes(channel);
  }

  /**
   * Replaces everything at once. `seenVersion` is the one the form was opened with. The feed cannot be switched off, except
   * together with the whole of a refusable kind. Throws StalePreferences and UnknownPreference.
   */
  replace(choice: Readonly<Record<string, readonly string[]>>, window: DeliveryWindow, seenVersion: number): void {
    if (seenVersion !== this.version) throw new StalePreferences();
    this.matrix = matrixOf(choice);
    this.windowFrom = window.from;
    this.windowUntil = window.until;
  }
}

/** A whole matrix from what a form says; kinds left out have nothing chosen. Throws UnknownPreference. */
export const matrixOf = (choice: Readonly<Record<string, readonly string[]>>): ChannelMatrix => {
  const known = Object.entries(choice).every(
    ([kind, channels]) => isNotificationKind(kind) && channels.every(isChannel),
  );
  if (!known) throw new UnknownPreference();
  const channelsOf = (kind: NotificationKind): readonly Channel[] => {
    const chosen = CHANNELS.filter((channel) => choice[kind]?.includes(channel));
    const refused = chosen.length === 0 && REFUSABLE_KINDS.includes(kind);
    return refused || chosen.includes('FEED') ? chosen : [...chosen, 'FEED'];
  };
  return Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, channelsOf(kind)])) as unknown as ChannelMatrix;
};
