import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { DomainError } from '../../../../kernel/domain-error.js';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { formErrors, readForm } from '../../../../platform/http/read-form.js';
import { readMultipart } from '../../../../platform/http/read-multipart.js';
import { statusOfRefusals } from '../../../../platform/http/refusal-status.js';
import { Messages } from '../../../../platform/views/messages.js';
import { CabinetChoiceQuery, type StoredFileInfo, StoredFilesQuery, StoreFile } from '../../../documents/public.js';
import { AttachFiles } from '../../application/attach-files.js';
import { DetachFile } from '../../application/detach-file.js';
import { type DraftView } from '../../application/draft.query.js';
import { DraftNotFound } from '../../domain/draft.errors.js';
import { type FilledStep } from '../../domain/filled-form.js';
import { type Field } from '../../domain/form-definition.js';
import { DraftId, openDraft } from './draft-of-citizen.js';
import { CabinetChoice } from './files.form.js';
import { cabinetPage } from './files.page.js';
import { stepHref, stepPage } from './step.page.js';

/** Files of a form: uploaded here, or taken from the cabinet without choosing them on the disk again. */
@Controller('drafts/:id/files/:field')
export class FilesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly messages: Messages,
  ) {}

  /**
   * Fresh files, and ids (`fileIds`) of those a script has uploaded already. What can be taken is taken; of the rest the page says which
   * file and why, and keeps those that only have to wait for the virus scanner.
   */
  @Post()
  @RateLimit({ max: 60, perSeconds: 60 })
  async upload(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Param('field') name: string, @Req() request: FastifyRequest): Promise<Page | SeeOther> {
    const draft = await openDraft(this.queries, citizen, id);
    const { step, field } = this.placeOf(draft, name);
    const stored: string[] = [];
    const refusals: string[] = [];
    const refused: DomainError[] = [];
    const refuse = (refusal: unknown, of = '') => {
      const { error, words } = this.wordsOf(refusal);
      refused.push(error);
      refusals.push(`${of}${words}`);
    };
    const body = await readMultipart(
      request,
      async ({ fileName, content }) => {
        const { fileId } = await this.commands.execute(new StoreFile(citizen.accountId, fileName, content, field.extensions));
        stored.push(fileId);
      },
      ({ fileName }, refusal) => refuse(refusal, `«${fileName}»: `),
    );
    stored.push(...[body['fileIds'] ?? []].flat());
    let waiting: readonly StoredFileInfo[] = [];
    if (stored.length > 0) {
      try {
        await this.commands.execute(new AttachFiles(id, citizen.accountId, name, stored, false));
      } catch (refusal) {
        refuse(refusal);
        if (isInQuarantine(refusal)) waiting = await this.queries.execute(new StoredFilesQuery(citizen.accountId, stored));
      }
    }
    if (stored.length === 0 && refusals.length === 0) refusals.push(this.messages.text('applications.no-file-chosen'));
    if (refusals.length === 0) return seeOther(stepHref(id, step.step.code), { notice: 'applications.files-attached' });
    const now = await openDraft(this.queries, citizen, id);
    const options = { level: citizen.level, fromCheck: false, withFaults: false, refusals: { [name]: refusals.join(' ') }, waiting: { [name]: waiting } };
    return page('applications/draft-step', stepPage(now, this.placeOf(now, name).step, options), { status: statusOfRefusals(refused) });
  }

  @Post(':fileId/remove')
  async remove(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Param('field') name: string, @Param('fileId') fileId: string): Promise<SeeOther> {
    const { step } = this.placeOf(await openDraft(this.queries, citizen, id), name);
    await this.commands.execute(new DetachFile(id, citizen.accountId, name, fileId));
    return seeOther(stepHref(id, step.step.code), { notice: 'applications.file-removed' });
  }

  /** «Приложить файлы из личного кабинета». */
  @Get('cabinet')
  async choose(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Param('field') name: string): Promise<Page> {
    return this.cabinet(citizen, await openDraft(this.queries, citizen, id), name);
  }

  @Post('cabinet')
  async take(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Param('field') name: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const draft = await openDraft(this.queries, citizen, id);
    const { form, errors } = await readForm(CabinetChoice, body);
    if (errors) return this.cabinet(citizen, draft, name, errors.summary[0]!.text);
    try {
      await this.commands.execute(new AttachFiles(id, citizen.accountId, name, form.files, true));
    } catch (refusal) {
      return this.cabinet(citizen, draft, name, this.wordsOf(refusal).words);
    }
    return seeOther(stepHref(id, this.placeOf(draft, name).step.step.code), { notice: 'applications.files-attached' });
  }

  private async cabinet(citizen: Citizen, draft: DraftView, name: string, refusal?: string): Promise<Page> {
    const { step, field } = this.placeOf(draft, name);
    const documents = await this.queries.execute(new CabinetChoiceQuery(citizen.accountId, { kinds: field.kinds, extensions: field.extensions }));
    const errors = refusal ? formErrors({ files: refusal }) : null;
    return page('applications/draft-cabinet', cabinetPage(draft, step.step, field, documents, errors), { status: refusal ? 422 : 200 });
  }

  private placeOf(draft: DraftView, name: string): { step: FilledStep; field: Field } {
    for (const step of draft.form.steps) {
      const filled = step.fields.find(({ field }) => field.name === name && field.type === 'fileList');
      if (filled) return { step, field: filled.field };
    }
    throw new DraftNotFound();
  }

  /** Words for what the citizen can mend; anything else is not theirs and goes on up. */
  private wordsOf(refusal: unknown): { error: DomainError; words: string } {
    if (!(refusal instanceof DomainError) || refusal.kind === 'not-found') throw refusal;
    return { error: refusal, words: this.messages.text(refusal.code, refusal.details) };
  }
}

const isInQuarantine = (refusal: unknown): boolean => refusal instanceof DomainError && refusal.code === 'documents.file-in-quarantine';
