import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { DomainError } from '../../../../kernel/domain-error.js';
import { type Download, download, page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { CurrentStaff, Staff, type StaffMember } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { type FormErrors, formErrors, readForm } from '../../../../platform/http/read-form.js';
import { readMultipart } from '../../../../platform/http/read-multipart.js';
import { Messages } from '../../../../platform/views/messages.js';
import { FileContentQuery, StoredFilesQuery, StoreFile } from '../../../documents/public.js';
import { AcceptApplication } from '../../application/accept-application.js';
import { ApplicationDetailsQuery, ApplicationFileQuery } from '../../application/application-details.query.js';
import { type ApplicationRecord } from '../../application/application-record.js';
import { ConfirmCancellation } from '../../application/confirm-cancellation.js';
import { DecideApplication } from '../../application/decide-application.js';
import { DeclineCancellation } from '../../application/decline-cancellation.js';
import { NoteCaseAccess } from '../../application/note-case-access.js';
import { type OpenCase } from '../../application/open-case.js';
import { ReportProgress } from '../../application/report-progress.js';
import { RequestInfo } from '../../application/request-info.js';
import { mayMove } from '../../domain/application-transitions.js';
import {
  ApplicationChanged,
  ApplicationNotFound,
  AttachmentMissing,
  DecisionWithoutFile,
  IllegalTransition,
  RespondByNotAhead,
  UnfitSignature,
} from '../../domain/service-application.errors.js';
import { authorityOf } from '../authority.js';
import { CaseForm, DecisionForm, DeclineForm, PaperForm, ProgressForm, RequestInfoForm } from './case.form.js';
import { type CaseAttempt, casePage, DECISION, NOTICE, type PaperFields, type UploadedPaper } from './case.page.js';

const IdOf = (name: string) => Param(name, new ParseUUIDPipe({ exceptionFactory: () => new ApplicationNotFound() }));

/** One case of the clerk's authority: what was sent, what happened, what may be done now. Every look and every act is recorded. */
@Controller('office/applications/:id')
@Staff('CLERK')
export class CaseController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly messages: Messages,
  ) {}

  @Get()
  async show(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string): Promise<Page> {
    await this.commands.execute(new NoteCaseAccess(id, authorityOf(staff), staff.staffId, 'VIEWED'));
    return this.pageOf(await this.recordOf(staff, id));
  }

  @Get('files/:fileId')
  async file(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @IdOf('fileId') fileId: string): Promise<Download> {
    const authorityCode = authorityOf(staff);
    const file = await this.queries.execute(new ApplicationFileQuery(id, fileId, { authorityCode }));
    const stored = await this.queries.execute(new FileContentQuery(fileId));
    if (!stored) throw new ApplicationNotFound();
    await this.commands.execute(new NoteCaseAccess(id, authorityCode, staff.staffId, 'FILE_READ'));
    return download({ content: stored.content, name: file.name, mediaType: file.mediaType, bytes: file.bytes });
  }

  @Post('accept')
  async accept(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(CaseForm, body);
    return this.order(staff, id, { form, errors }, new AcceptApplication(openCase(staff, id, form)));
  }

  /** Multipart: the words and the notice, if there is one, come together. A refused try keeps the files it has brought. */
  @Post('progress')
  @RateLimit({ max: 60, perSeconds: 60 })
  async progress(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Req() request: FastifyRequest): Promise<Page | SeeOther> {
    const record = await this.recordOf(staff, id);
    const open = mayMove(record.status, 'IN_PROGRESS', 'AUTHORITY');
    const { form, errors } = await this.readPaper(ProgressForm, NOTICE, staff, request, open);
    if (!open) return this.pageOf(record, { form, errors: null, seen: form.seen }, 409);
    const attempt = { form, errors, paper: await this.uploadedBy(staff, form), fields: NOTICE };
    return this.order(staff, id, attempt, new ReportProgress(openCase(staff, id, form), form.comment, paperOf(form)));
  }

  @Post('request-info')
  async requestInfo(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(RequestInfoForm, body);
    return this.order(staff, id, { form, errors }, new RequestInfo(openCase(staff, id, form), form.question, form.respondBy));
  }

  /** Multipart: the words and the decision's files come together. A refused try keeps the files it has brought. */
  @Post('decision')
  @RateLimit({ max: 60, perSeconds: 60 })
  async decide(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Req() request: FastifyRequest): Promise<Page | SeeOther> {
    const record = await this.recordOf(staff, id);
    const open = mayMove(record.status, 'EXECUTED', 'AUTHORITY');
    const { form, errors } = await this.readPaper(DecisionForm, DECISION, staff, request, open);
    if (!open) return this.pageOf(record, { form, errors: null, seen: form.seen }, 409);
    const { outcome, reason, legalGround } = form;
    const decision = { outcome: outcome as 'EXECUTED' | 'REFUSED', reason, legalGround, paper: paperOf(form) };
    const attempt = { form, errors, paper: await this.uploadedBy(staff, form), fields: DECISION };
    return this.order(staff, id, attempt, new DecideApplication(openCase(staff, id, form), decision));
  }

  @Post('cancellation/confirm')
  async confirmCancellation(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(CaseForm, body);
    return this.order(staff, id, { form, errors }, new ConfirmCancellation(openCase(staff, id, form)));
  }

  @Post('cancellation/decline')
  async declineCancellation(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(DeclineForm, body);
    return this.order(staff, id, { form, errors }, new DeclineCancellation(openCase(staff, id, form), form.declineReason));
  }

  /** Gives the order, or shows the page again with everything typed: 422 for what the clerk can mend, 409 with what changed meanwhile. */
  private async order(staff: StaffMember, id: string, attempt: CaseAttempt, command: Command<void>): Promise<Page | SeeOther> {
    const tried = { ...attempt, seen: attempt.form.seen };
    if (attempt.errors) return this.pageOf(await this.recordOf(staff, id), tried, 422);
    try {
      await this.commands.execute(command);
    } catch (error) {
      if (error instanceof ApplicationChanged || error instanceof IllegalTransition)
        return this.pageOf(await this.recordOf(staff, id), tried, 409);
      const field = fieldOf(error, attempt.fields);
      if (!field) throw error;
      const errors = formErrors({ [field]: this.messages.text((error as DomainError).code) });
      return this.pageOf(await this.recordOf(staff, id), { ...tried, errors }, 422);
    }
    return seeOther(`/office/applications/${id}`, { notice: 'applications.case-moved' });
  }

  /** The words of a form and what it brings; nothing is stored unless the case is `open` for it. */
  private async readPaper<F extends PaperForm>(
    formClass: new () => F,
    fields: PaperFields,
    staff: StaffMember,
    request: FastifyRequest,
    open: boolean,
  ): Promise<{ form: F; errors: FormErrors | null }> {
    const stored: Partial<Record<string, string>> = {};
    const refused: Record<string, string> = {};
    const body = await readMultipart(
      request,
      async ({ field, fileName, content }) => {
        if (!open) return;
        const allowed = field === fields.signature ? ['sig'] : undefined;
        stored[field] = (await this.commands.execute(new StoreFile(staff.staffId, fileName, content, allowed))).fileId;
      },
      ({ field, fileName }, refusal) => {
        if (!(refusal instanceof DomainError)) throw refusal;
        const signature = refusal.code === 'documents.extension-not-allowed' && field === fields.signature;
        refused[field] = `${fileName}: ${this.messages.text(signature ? 'applications.unfit-signature' : refusal.code, refusal.details)}`;
      },
    );
    const { form, errors } = await readForm(formClass, body);
    form.uploadedFile = stored[fields.file] ?? form.uploadedFile;
    form.uploadedSignature = stored[fields.signature] ?? form.uploadedSignature;
    const missing = fields.required && !form.uploadedFile && !refused[fields.file];
    const sentences = {
      ...errors?.fields,
      ...(missing ? { [fields.file]: this.messages.text('applications.decision-without-file') } : {}),
      ...refused,
    };
    return { form, errors: Object.keys(sentences).length > 0 ? formErrors(sentences) : null };
  }

  /** What a refused try has brought, to be shown instead of being uploaded again. */
  private async uploadedBy(staff: StaffMember, { uploadedFile, uploadedSignature }: PaperForm): Promise<UploadedPaper> {
    const fileIds = [uploadedFile, uploadedSignature].filter((id) => id !== null);
    const found = fileIds.length > 0 ? await this.queries.execute(new StoredFilesQuery(staff.staffId, fileIds)) : [];
    const one = (id: string | null) => found.find(({ fileId }) => fileId === id) ?? null;
    return { file: one(uploadedFile), signature: one(uploadedSignature) };
  }

  private recordOf(staff: StaffMember, id: string): Promise<ApplicationRecord> {
    return this.queries.execute(new ApplicationDetailsQuery(id, { authorityCode: authorityOf(staff) }));
  }

  private pageOf(record: ApplicationRecord, attempt?: CaseAttempt, status = 200): Page {
    return page('applications/case', casePage(record, attempt), { layout: 'office', status });
  }
}

const openCase = (staff: StaffMember, applicationId: string, { seen }: CaseForm): OpenCase => ({
  applicationId,
  authorityCode: authorityOf(staff),
  clerk: { staffId: staff.staffId, name: staff.name },
  seenLines: seen,
});

const paperOf = ({ uploadedFile, uploadedSignature }: PaperForm) => ({ fileId: uploadedFile, signatureFileId: uploadedSignature });

/** Field of the form where the clerk can mend this refusal. */
const fieldOf = (error: unknown, fields: PaperFields | undefined): string | null => {
  if (error instanceof RespondByNotAhead) return 'respondBy';
  if (error instanceof UnfitSignature) return fields?.signature ?? null;
  return error instanceof AttachmentMissing || error instanceof DecisionWithoutFile ? (fields?.file ?? null) : null;
};
