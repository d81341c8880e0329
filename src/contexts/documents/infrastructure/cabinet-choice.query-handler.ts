import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { CabinetChoiceQuery, type OfferedDocument, type Unfitness } from '../application/cabinet-choice.query.js';
import { documentKind } from '../domain/document-kinds.js';
import { isExpired } from '../domain/expiry.js';
import { contradicts } from '../domain/requisite-differences.js';
import { type FileRow, toFileInfo } from './file-row.js';
import { maskedNumberOf, requisitesIn } from './stored-requisites.js';
import { supersedes } from './superseding.js';

/** `$2` is the day in Moscow, `$3` the kinds the field asks for. */
const PERSONAL = `
select d.id, d.kind_code, d.child_id, d.expires_on, d.requisites,
  (select e.requisites from documents.personal_document e where ${supersedes('e', 'd', '$2')} order by e.id desc limit 1) as esia_requisites,
  coalesce((select jsonb_agg(to_jsonb(f) order by array_position(d.file_ids, f.id))
            from documents.stored_file f where f.id = any (d.file_ids)), '[]') as files
from documents.personal_document d
where d.owner_id = $1 and d.removed_at is null and ($3::text[] is null or d.kind_code = any ($3))
  and ($3::text[] is not null or d.file_ids <> '{}')
order by d.id desc`;

const ELECTRONIC = `
select e.id, e.title, e.number, jsonb_agg(to_jsonb(f) order by f.id <> e.file_id) as files
from documents.electronic_document e join documents.stored_file f on f.id in (e.file_id, e.signature_file_id)
where e.owner_id = $1 and e.removed_at is null group by e.id order by e.issued_at desc, e.id desc`;

interface PersonalRow {
  readonly id: string;
  readonly kind_code: string;
  readonly child_id: string | null;
  readonly expires_on: string | null;
  readonly requisites: string;
  readonly esia_requisites: string | null;
  readonly files: readonly FileRow[];
}

interface ElectronicRow {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly files: readonly FileRow[];
}

@QueryHandler(CabinetChoiceQuery)
export class CabinetChoiceQueryHandler implements IQueryHandler<CabinetChoiceQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, filter: { kinds, extensions } }: CabinetChoiceQuery): Promise<readonly OfferedDocument[]> {
    const today = legalDayOf(this.clock.now());
    const [personal, electronic] = await Promise.all([
      this.sql.query<PersonalRow>(PERSONAL, [accountId, today, kinds ?? null]),
      kinds ? [] : this.sql.query<ElectronicRow>(ELECTRONIC, [accountId]),
    ]);
    const offered = [
      ...personal.map((row) => this.personalOf(row, today, extensions)),
      ...electronic.map(({ id, title, number, files }) => ({
        ...{ documentId: id, kindCode: null, title, number, childId: null, expiresOn: null },
        ...fitting(files, extensions),
      })),
    ];
    return offered.toSorted((one, other) => Number(one.unfit !== null) - Number(other.unfit !== null));
  }

  private personalOf(row: PersonalRow, today: string, extensions?: readonly string[]): OfferedDocument {
    const kind = documentKind(row.kind_code);
    const requisites = requisitesIn(row.requisites, this.keyRing);
    const atEsia = row.esia_requisites === null ? null : requisitesIn(row.esia_requisites, this.keyRing);
    const refused = isExpired(row.expires_on, today)
      ? 'EXPIRED'
      : atEsia && contradicts(kind, requisites, atEsia)
        ? 'CONTRADICTS_ESIA'
        : null;
    return {
      documentId: row.id,
      kindCode: row.kind_code,
      title: kind.label,
      number: maskedNumberOf(row.kind_code, requisites),
      childId: row.child_id,
      expiresOn: row.expires_on,
      ...(refused ? { files: [], unfit: refused } : fitting(row.files, extensions)),
    };
  }
}

/** The files a field takes, or why it takes none of these. */
function fitting(files: readonly FileRow[], extensions?: readonly string[]): Pick<OfferedDocument, 'files' | 'unfit'> {
  const ofFormat = files.filter(({ extension }) => extensions?.includes(extension) ?? true);
  const fit = ofFormat.filter(({ scan }) => scan === 'CLEAN' || scan === 'NOT_SCANNED');
  const unfit = (): Unfitness => {
    if (files.length === 0) return 'NO_FILES';
    if (ofFormat.length === 0) return 'OTHER_FORMAT';
    return ofFormat.some(({ scan }) => scan === 'PENDING') ? 'BEING_SCANNED' : 'INFECTED';
  };
  return { files: fit.map(toFileInfo), unfit: fit.length > 0 ? null : unfit() };
}
