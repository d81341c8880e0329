import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { StoredFilesQuery } from '../../documents/public.js';
import { factsAbout } from '../application/applicant-facts.js';
import { DraftQuery, type DraftView } from '../application/draft.query.js';
import { ServiceCatalogue } from '../application/ports/service-catalogue.js';
import { type Answers, asFiles } from '../domain/answers.js';
import { FilledForm } from '../domain/filled-form.js';
import { admissionAt } from '../domain/filing-window.js';

interface DraftRow {
  readonly id: string;
  readonly version: number;
  readonly updated_at: Date;
  readonly service_code: string;
  readonly form_version: number;
  readonly answers: string;
  readonly application_id: string | null;
  readonly registration_number: string | null;
}

@QueryHandler(DraftQuery)
export class DraftQueryHandler implements IQueryHandler<DraftQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ draftId, applicantId }: DraftQuery): Promise<DraftView | null> {
    const row = await this.sql.one<DraftRow>(
      `select id, version, updated_at, service_code, form_version, answers, application_id, registration_number
       from applications.draft where id = $1 and applicant_id = $2`,
      [draftId, applicantId],
    );
    if (!row) return null;
    const answers = JSON.parse(this.keyRing.decrypt(row.answers)) as Answers;
    const definition = await this.catalogue.form(row.service_code, row.form_version);
    const fileIds = Object.values(answers).flatMap((answer) => asFiles(answer).map(({ fileId }) => fileId));
    const [facts, stored, directories] = await Promise.all([
      factsAbout(this.queries, applicantId, definition),
      fileIds.length > 0 ? this.queries.execute(new StoredFilesQuery(applicantId, fileIds)) : [],
      this.catalogue.directories(),
    ]);
    const now = this.clock.now();
    const admission = admissionAt(definition.windows, now);
    const around = { today: legalDayOf(now), facts, directories, filesAtHand: new Set(stored.map(({ fileId }) => fileId)) };
    return {
      id: row.id,
      version: row.version,
      updatedAt: row.updated_at,
      answers,
      form: FilledForm.read(definition, answers, around, admission.run),
      around,
      admission,
      asOf: now,
      receipt: row.application_id && row.registration_number ? { applicationId: row.application_id, registrationNumber: row.registration_number } : null,
    };
  }
}
