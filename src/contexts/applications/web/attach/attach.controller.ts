import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { AttachFiles } from '../../application/attach-files.js';
import { type AttachTargets, AttachTargetsQuery } from '../../application/attach-targets.query.js';
import { FileNotInCabinet } from '../../domain/draft.errors.js';
import { stepHref } from '../draft/step.page.js';
import { AttachForm } from './attach.form.js';
import { attachPage } from './attach.page.js';

/** «Приложить к заявлению»: a file of the cabinet goes into a draft that takes it, and its detached signature with it. */
@Controller('applications/attach')
export class AttachController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async choose(@CurrentCitizen() citizen: Citizen, @Query('file') file?: unknown): Promise<Page> {
    return page('applications/attach', attachPage(await this.targetsOf(citizen, typeof file === 'string' ? file : '')));
  }

  @Post()
  async attach(@CurrentCitizen() citizen: Citizen, @Body() body: unknown): Promise<SeeOther> {
    const { form } = await readForm(AttachForm, body);
    const { targets, signature } = await this.targetsOf(citizen, form.file);
    const target = targets.find(({ draftId, field }) => draftId === form.draft && field === form.field);
    const files = target?.withSignature && signature ? [form.file, signature.fileId] : [form.file];
    await this.commands.execute(new AttachFiles(form.draft, citizen.accountId, form.field, files, true));
    const step = target ? stepHref(target.draftId, target.stepCode) : `/drafts/${form.draft}`;
    return seeOther(step, { notice: 'applications.files-attached' });
  }

  private async targetsOf(citizen: Citizen, fileId: string): Promise<AttachTargets> {
    const targets = await this.queries.execute(new AttachTargetsQuery(citizen.accountId, fileId));
    if (!targets) throw new FileNotInCabinet();
    return targets;
  }
}
