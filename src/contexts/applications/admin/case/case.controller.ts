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
} from '../../domain/service-application.errors.js';
import { authorityOf } from '../authority.js';
import { CaseForm, DecisionForm, DeclineForm, ProgressForm, RequestInfoForm } from './case.form.js';
import { type CaseAttempt, casePage } from './case.page.js';

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

  @Post('progress')
  async progress(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(ProgressForm, body);
    return this.order(staff, id, { form, errors }, new ReportProgress(openCase(staff, id, form), form.comment));
  }

  @Post('request-info')
  async requestInfo(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(RequestInfoForm, body);
    return this.order(staff, id, { form, errors }, new RequestInfo(openCase(staff, id, form), form.question, form.respondBy));
  }

  /** Multipart: the words and the decision's file come together. A refused try keeps the file it has brought. */
  @Post('decision')
  @RateLimit({ max: 60, perSeconds: 60 })
  async decide(@CurrentStaff() staff: StaffMember, @IdOf('id') id: string, @Req() request: FastifyRequest): Promise<Page | SeeOther> {
    const record = await this.recordOf(staff, id);
    const open = mayMove(record.status, 'EXECUTED', 'AUTHORITY');
    const { form, errors } = await this.readDecision(staff, request, open);
    if (!open) return this.pageOf(record, { form, errors: null, seen: form.seen }, 409);
    const [uploaded] = form.uploadedFile ? await this.queries.execute(new StoredFilesQuery(staff.staffId, [form.uploadedFile])) : [];
    const { outcome, reason, legalGround, uploadedFile: fileId } = form;
    const decision = { outcome: outcome as 'EXECUTED' | 'REFUSED', reason, legalGround, fileId };
    return this.order(staff, id, { form, errors, uploaded }, new DecideApplication(openCase(staff, id, form), decision));
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
      const field = fieldOf(error);
      if (!field) throw error;
      const errors = formErrors({ [field]: this.messages.text((error as DomainError).code) });
      return this.pageOf(await this.recordOf(staff, id), { ...tried, errors }, 422);
    }
    return seeOther(`/office/applications/${id}`, { notice: 'applications.case-moved' });
  }

  private async readDecision(staff: StaffMember, request: FastifyRequest, open: boolean): Promise<{ form: DecisionForm; errors: FormErrors | null }> {
    let storedId: string | null = null;
    let refusedFile: string | null = null;
    const body = await readMultipart(
      request,
      async ({ fileName, content }) => {
        if (open) storedId = (await this.commands.execute(new StoreFile(staff.staffId, fileName, content))).fileId;
      },
      ({ fileName }, refusal) => {
        if (!(refusal instanceof DomainError)) throw refusal;
        refusedFile = `${fileName}: ${this.messages.text(refusal.code, refusal.details)}`;
      },
    );
    const { form, errors } = await readForm(DecisionForm, body);
    form.uploadedFile = storedId ?? form.uploadedFile;
    const fields: Record<string, string> = { ...errors?.fields };
    if (refusedFile) fields['file'] = refusedFile;
    else if (!form.uploadedFile) fields['file'] = this.messages.text('applications.decision-without-file');
    return { form, errors: Object.keys(fields).length > 0 ? formErrors(fields) : null };
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

/** Field of the form where the clerk can mend this refusal. */
const fieldOf = (error: unknown): string | null => {
  if (error instanceof RespondByNotAhead) return 'respondBy';
  return error instanceof AttachmentMissing || error instanceof DecisionWithoutFile ? 'file' : null;
};
