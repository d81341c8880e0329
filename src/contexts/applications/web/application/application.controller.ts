import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { DomainError } from '../../../../kernel/domain-error.js';
import { type Download, download, page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { type FormErrors, formErrors, readForm } from '../../../../platform/http/read-form.js';
import { readMultipart } from '../../../../platform/http/read-multipart.js';
import { Messages } from '../../../../platform/views/messages.js';
import { CabinetChoiceQuery, FileContentQuery, SavedDocumentsQuery, StoredFilesQuery, StoreFile } from '../../../documents/public.js';
import { AnswerRequest } from '../../application/answer-request.js';
import { factsAbout } from '../../application/applicant-facts.js';
import { ApplicationDetailsQuery, ApplicationFileQuery } from '../../application/application-details.query.js';
import { type ApplicationRecord } from '../../application/application-record.js';
import { KeepDocument } from '../../application/keep-document.js';
import { WithdrawApplication } from '../../application/withdraw-application.js';
import {
  ApplicationChanged,
  ApplicationNotFound,
  IllegalTransition,
} from '../../domain/service-application.errors.js';
import { AnswerForm, MAX_ANSWER_FILES, WithdrawForm } from './answer.form.js';
import { applicationPage, mayWithdraw, withdrawPage } from './application.page.js';

const IdOf = (name: string) => Param(name, new ParseUUIDPipe({ exceptionFactory: () => new ApplicationNotFound() }));

/** One application as its citizen sees it: where it stands, what is expected, what was sent. */
@Controller('applications/:id')
export class ApplicationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly messages: Messages,
  ) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @IdOf('id') id: string): Promise<Page> {
    return this.pageOf(citizen, await this.recordOf(citizen, id), new AnswerForm());
  }

  @Get('files/:fileId')
  async file(@CurrentCitizen() citizen: Citizen, @IdOf('id') id: string, @IdOf('fileId') fileId: string): Promise<Download> {
    const file = await this.queries.execute(new ApplicationFileQuery(id, fileId, { applicantId: citizen.accountId }));
    const stored = await this.queries.execute(new FileContentQuery(fileId));
    if (!stored) throw new ApplicationNotFound();
    return download({ content: stored.content, name: file.name, mediaType: file.mediaType, bytes: file.bytes });
  }

  /** Multipart: the words and fresh files come together. A refused try keeps the files it has brought. */
  @Post('answer')
  @RateLimit({ max: 60, perSeconds: 60 })
  async answer(@CurrentCitizen() citizen: Citizen, @IdOf('id') id: string, @Req() request: FastifyRequest): Promise<Page | SeeOther> {
    const record = await this.recordOf(citizen, id);
    const { form, errors: faults } = await this.readAnswer(citizen, request, record.status === 'AWAITING_INFO');
    if (record.status !== 'AWAITING_INFO') return this.pageOf(citizen, record, form, { status: 409, seen: form.seen });
    if (faults) return this.pageOf(citizen, record, form, { status: 422, seen: form.seen, errors: faults });
    try {
      await this.commands.execute(new AnswerRequest(id, citizen.accountId, form.seen, form.answer, form.fileIds));
    } catch (error) {
      if (error instanceof ApplicationChanged || error instanceof IllegalTransition) return this.changedPage(citizen, id, form, form.seen);
      if (!(error instanceof DomainError) || error.kind === 'not-found' || error.kind === 'unavailable') throw error;
      const errors = formErrors({ files: this.messages.text(error.code, error.details) });
      return this.pageOf(citizen, record, form, { status: 422, seen: form.seen, errors });
    }
    return seeOther(`/applications/${id}`, { notice: 'applications.answered' });
  }

  @Get('withdraw')
  async askToWithdraw(@CurrentCitizen() citizen: Citizen, @IdOf('id') id: string): Promise<Page | SeeOther> {
    const record = await this.recordOf(citizen, id);
    return mayWithdraw(record) ? page('applications/withdraw', withdrawPage(record)) : seeOther(`/applications/${id}`);
  }

  @Post('withdraw')
  async withdraw(@CurrentCitizen() citizen: Citizen, @IdOf('id') id: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form } = await readForm(WithdrawForm, body);
    try {
      await this.commands.execute(new WithdrawApplication(id, citizen.accountId, form.seen));
    } catch (error) {
      if (!(error instanceof ApplicationChanged || error instanceof IllegalTransition)) throw error;
      return this.changedPage(citizen, id, new AnswerForm(), form.seen);
    }
    return seeOther(`/applications/${id}`, { notice: 'applications.withdrawn' });
  }

  @Post('files/:fileId/keep')
  async keep(@CurrentCitizen() citizen: Citizen, @IdOf('id') id: string, @IdOf('fileId') fileId: string): Promise<SeeOther> {
    await this.commands.execute(new KeepDocument(id, citizen.accountId, fileId));
    return seeOther(`/applications/${id}`, { notice: 'applications.document-kept' });
  }

  private recordOf(citizen: Citizen, id: string): Promise<ApplicationRecord> {
    return this.queries.execute(new ApplicationDetailsQuery(id, { applicantId: citizen.accountId }));
  }

  private async readAnswer(citizen: Citizen, request: FastifyRequest, awaited: boolean): Promise<{ form: AnswerForm; errors: FormErrors | null }> {
    const stored: string[] = [];
    const refusals: string[] = [];
    const body = await readMultipart(
      request,
      async ({ fileName, content }) => {
        if (!awaited || stored.length >= MAX_ANSWER_FILES) return;
        stored.push((await this.commands.execute(new StoreFile(citizen.accountId, fileName, content))).fileId);
      },
      ({ fileName }, refusal) => {
        if (!(refusal instanceof DomainError)) throw refusal;
        refusals.push(`${fileName}: ${this.messages.text(refusal.code, refusal.details)}`);
      },
    );
    const { form, errors } = await readForm(AnswerForm, body);
    form.uploaded = [...form.uploaded, ...stored];
    const fields: Record<string, string> = { ...errors?.fields };
    if (refusals.length > 0) fields['files'] = refusals.join(' ');
    return { form, errors: Object.keys(fields).length > 0 ? formErrors(fields) : null };
  }

  private async changedPage(citizen: Citizen, id: string, form: AnswerForm, seen: number): Promise<Page> {
    return this.pageOf(citizen, await this.recordOf(citizen, id), form, { status: 409, seen });
  }

  private async pageOf(
    citizen: Citizen,
    record: ApplicationRecord,
    form: AnswerForm,
    { status, seen, errors = null }: { status?: number; seen?: number; errors?: FormErrors | null } = {},
  ): Promise<Page> {
    const saved = await this.queries.execute(new SavedDocumentsQuery(citizen.accountId, record.applicationId));
    if (record.status !== 'AWAITING_INFO') return page('applications/application', applicationPage(record, saved, null, seen), { status });
    const [cabinet, { children }, uploaded] = await Promise.all([
      this.queries.execute(new CabinetChoiceQuery(citizen.accountId)),
      factsAbout(this.queries, citizen.accountId),
      form.uploaded.length > 0 ? this.queries.execute(new StoredFilesQuery(citizen.accountId, form.uploaded)) : [],
    ]);
    return page('applications/application', applicationPage(record, saved, { form, errors, cabinet, children, uploaded }, seen), { status });
  }
}
