import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { AttachableFilesQuery, StoredFilesQuery } from '../../documents/public.js';
import { factsAbout, readDraftForm } from '../application/applicant-facts.js';
import { type AttachTarget, type AttachTargets, AttachTargetsQuery } from '../application/attach-targets.query.js';
import { ServiceCatalogue } from '../application/ports/service-catalogue.js';
import { type Answers } from '../domain/answers.js';
import { placesFor } from '../domain/file-places.js';

interface DraftRow {
  readonly id: string;
  readonly updated_at: Date;
  readonly service_code: string;
  readonly form_version: number;
  readonly answers: string;
}

@QueryHandler(AttachTargetsQuery)
export class AttachTargetsQueryHandler implements IQueryHandler<AttachTargetsQuery> {
  constructor(
    private readonly sql: Sql,
    private readonly keyRing: KeyRing,
    private readonly catalogue: ServiceCatalogue,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ applicantId, fileId }: AttachTargetsQuery): Promise<AttachTargets | null> {
    const [[file], usable, rows] = await Promise.all([
      this.queries.execute(new StoredFilesQuery(applicantId, [fileId])),
      this.queries.execute(new AttachableFilesQuery(applicantId)),
      this.sql.query<DraftRow>(
        `select id, updated_at, service_code, form_version, answers from applications.draft
         where applicant_id = $1 and application_id is null order by updated_at desc, id desc`,
        [applicantId],
      ),
    ]);
    if (!file) return null;
    const { name, extension, bytes } = file;
    const attachable = usable.find((candidate) => candidate.fileId === fileId);
    const signature = usable.find((candidate) => candidate.fileId === attachable?.signatureFileId) ?? null;
    return {
      file: { fileId, name, extension, bytes },
      signature: signature && { fileId: signature.fileId, name: signature.name },
      documentTitle: attachable?.documentTitle ?? null,
      drafts: rows.length,
      targets: attachable ? await this.targetsIn(rows, applicantId, { ...attachable, signature }) : [],
    };
  }

  private async targetsIn(rows: readonly DraftRow[], applicantId: string, file: Parameters<typeof placesFor>[0]): Promise<AttachTarget[]> {
    const forms = await Promise.all(rows.map(({ service_code, form_version }) => this.catalogue.form(service_code, form_version)));
    const facts = await factsAbout(this.queries, applicantId, ...forms);
    const now = this.clock.now();
    const perDraft = rows.map(async (row, index): Promise<AttachTarget[]> => {
      const answers = JSON.parse(this.keyRing.decrypt(row.answers)) as Answers;
      const form = await readDraftForm(this.catalogue, forms[index]!, answers, now, { facts });
      return placesFor(file, form).map(({ step, field, withSignature }) => ({
        draftId: row.id,
        serviceTitle: form.definition.title,
        updatedAt: row.updated_at,
        stepCode: step.code,
        field: field.name,
        fieldLabel: field.label,
        withSignature,
      }));
    });
    return (await Promise.all(perDraft)).flat();
  }
}
