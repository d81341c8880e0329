import { Injectable } from '@nestjs/common';
import { Sql } from '../../../platform/persistence/sql.js';
import { SmsReceipts, type SmsReceiptState } from '../application/ports/sms-sender.js';

/**
 * A delivery is confirmed when all its parts are, and failed when one is lost. Both sides write the row of the part, so the
 * second of them sees what the first one knew, whichever comes first.
 */
@Injectable()
export class SqlSmsReceipts extends SmsReceipts {
  constructor(private readonly sql: Sql) {
    super();
  }

  async expect(deliveryId: string, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    await this.sql.query(
      `insert into notifications.sms_part (message_id, delivery_id) select unnest($1::text[]), $2::uuid
       on conflict (message_id) do update set delivery_id = excluded.delivery_id, updated_at = now()`,
      [messageIds, deliveryId],
    );
    await this.conclude(deliveryId);
  }

  async record(messageId: string, state: SmsReceiptState): Promise<void> {
    const part = await this.sql.one<{ delivery_id: string | null }>(
      `insert into notifications.sms_part (message_id, state) values ($1, $2)
       on conflict (message_id) do update set state = excluded.state, updated_at = now()
       returning delivery_id`,
      [messageId, state],
    );
    if (part?.delivery_id) await this.conclude(part.delivery_id);
  }

  private async conclude(deliveryId: string): Promise<void> {
    await this.sql.query(
      `update notifications.delivery set
         state = case when part.lost then 'FAILED' else 'DELIVERED' end,
         problem = case when part.lost then 'UNDELIVERED' end
       from (select bool_or(state = 'UNDELIVERED') as lost, bool_and(coalesce(state, '') = 'DELIVERED') as whole
             from notifications.sms_part where delivery_id = $1::uuid) as part
       where id = $1::uuid and delivery.state = 'SENT' and (part.lost or part.whole)`,
      [deliveryId],
    );
  }
}
