import { Query } from '@nestjs/cqrs';

/** How many notifications the citizen has not opened, and the newest three of them. */
export class UnreadNotificationsQuery extends Query<UnreadNotifications> {
  constructor(readonly accountId: string) {
    super();
  }
}

export interface UnreadNotifications {
  readonly count: number;
  readonly latest: readonly { readonly notificationId: string; readonly title: string; readonly at: string }[];
}
