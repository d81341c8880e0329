import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { type ExpiringDocument, type ExpiryNotice } from '../domain/expiry-notice.js';
import { ExpiryNoticeRepository } from '../domain/expiry-notice.repository.js';
import { supersedes } from './superseding.js';

const BEFORE_ALL = { expiresOn: '0001-01-01', documentId: '00000000-0000-0000-0000-000000000000' };

interface Row {
  readonly id: string;
  readonly owner_id: string;
  readonly kind_code: string;
  readonly expires_on: string;
  readonly added_at: Date;
  readonly told: number | null;
}

@Injectable()
export class MikroOrmExpiryNoticeRepository extends ExpiryNoticeRepository {
  constructor(
    private readonly em: EntityManager,
    private readonly sql: Sql,
  ) {
    super();
  }

  override async expiring(
    { from, to, today }: { from: string; to: string; today: string },
    after: ExpiringDocument | null,
    limit: number,
  ): Promise<ExpiringDocument[]> {
    const { expiresOn, documentId } = after ?? BEFORE_ALL;
    const rows = await this.sql.query<Row>(
      `select d.id, d.owner_id, d.kind_code, d.expires_on, d.added_at,
         (select min(n.step) from documents.expiry_notice n where n.document_id = d.id and n.expires_on = d.expires_on) as told
       from documents.personal_document d
       where d.removed_at is null and d.expires_on between $1::date and $2::date and (d.expires_on, d.id) > ($4::date, $5::uuid)
         and not exists (select from documents.personal_document e where ${supersedes('e', 'd', '$3')})
         and not exists (select from documents.personal_document r
           where r.owner_id = d.owner_id and r.kind_code = d.kind_code and r.child_id is not distinct from d.child_id
             and r.removed_at is null and r.id <> d.id and (r.expires_on is null or r.expires_on > d.expires_on))
       order by d.expires_on, d.id limit $6`,
      [from, to, today, expiresOn, documentId, limit],
    );
    return rows.map((row) => ({
      documentId: row.id,
      ownerId: row.owner_id,
      kindCode: row.kind_code,
      expiresOn: row.expires_on,
      addedOn: legalDayOf(row.added_at),
      told: row.told,
    }));
  }

  /** The unit of work is emptied after each batch: a million documents must not fill the memory. */
  override async add(notices: readonly ExpiryNotice[]): Promise<void> {
    await this.em.persist([...notices]).flush();
    this.em.clear();
  }

  override async isRoundOver(day: string): Promise<boolean> {
    return (await this.sql.one('select 1 from documents.expiry_round where day = $1', [day])) !== null;
  }

  override async endRound(day: string, now: Date): Promise<void> {
    await this.sql.query('insert into documents.expiry_round (day, ended_at) values ($1, $2) on conflict do nothing', [
      day,
      now,
    ]);
  }

  override async forgetBefore(day: string): Promise<void> {
    await this.sql.query('delete from documents.expiry_notice where expires_on < $1::date', [day]);
    await this.sql.query('delete from documents.expiry_round where day < $1::date', [day]);
  }
}
