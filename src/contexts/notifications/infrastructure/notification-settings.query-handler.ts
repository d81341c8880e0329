import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Sql } from '../../../platform/persistence/sql.js';
import { ContactsQuery } from '../../profile/public.js';
import { type NotificationSettings, NotificationSettingsQuery } from '../application/notification-settings.query.js';
import { DeliveryWindow } from '../domain/delivery-window.js';
import { type ChannelMatrix, DEFAULT_MATRIX } from '../domain/preferences.js';

interface PreferencesRow {
  readonly matrix: ChannelMatrix;
  readonly window_from: string;
  readonly window_until: string;
  readonly version: number;
}

const DEFAULTS: PreferencesRow = {
  matrix: DEFAULT_MATRIX,
  window_from: DeliveryWindow.default.from,
  window_until: DeliveryWindow.default.until,
  version: 0,
};

@QueryHandler(NotificationSettingsQuery)
export class NotificationSettingsQueryHandler implements IQueryHandler<NotificationSettingsQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly queries: QueryBus,
  ) {}

  async execute({ accountId }: NotificationSettingsQuery): Promise<NotificationSettings> {
    const [saved, devices, contacts] = await Promise.all([
      this.sql.one<PreferencesRow>(
        'select matrix, window_from, window_until, version from notifications.preferences where account_id = $1',
        [accountId],
      ),
      this.sql.query<{ id: string; name: string; linked_at: Date }>(
        'select id, name, linked_at from notifications.push_device where account_id = $1 order by linked_at desc',
        [accountId],
      ),
      this.queries.execute(new ContactsQuery(accountId)),
    ]);
    const { matrix, window_from: windowFrom, window_until: windowUntil, version } = saved ?? DEFAULTS;
    return {
      matrix,
      windowFrom,
      windowUntil,
      version,
      ready: {
        SMS: contacts.mobile !== null || !contacts.known,
        EMAIL: contacts.email !== null || !contacts.known,
        PUSH: devices.length > 0,
      },
      devices: devices.map(({ id, name, linked_at: at }) => ({ deviceId: id, name, linkedAt: at.toISOString() })),
    };
  }
}
