import { Query } from '@nestjs/cqrs';

/** Everything the page of settings shows. */
export class NotificationSettingsQuery extends Query<NotificationSettings> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface NotificationSettings {
  /** Kind to chosen channels. */
  readonly matrix: Readonly<Record<string, readonly string[]>>;
  /** `HH:MM`, Moscow. */
  readonly windowFrom: string;
  readonly windowUntil: string;
  /** Zero while the defaults hold. */
  readonly version: number;
  /** Whether a message could reach the citizen (§9.2): a confirmed number, a confirmed address, a linked device. What is not known yet is not denied. */
  readonly ready: { readonly SMS: boolean; readonly EMAIL: boolean; readonly PUSH: boolean };
  readonly devices: readonly { readonly deviceId: string; readonly name: string; readonly linkedAt: string }[];
}
