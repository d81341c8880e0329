import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { CopyDraft } from '../../application/copy-draft.js';
import { type DraftView } from '../../application/draft.query.js';
import { SaveDraft } from '../../application/save-draft.js';
import { DraftChanged, DraftNotFound } from '../../domain/draft.errors.js';
import { DraftId, openDraft } from './draft-of-citizen.js';
import { CopyForm, StepForm } from './step.form.js';
import { conflictPage, stepHref, stepPage, type StepPageOptions } from './step.page.js';

/** A form is filled one page at a time; every save keeps what was typed, right or wrong. */
@Controller('drafts/:id')
export class StepController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Goes on where something is missing. */
  @Get()
  async resume(@CurrentCitizen() citizen: Citizen, @DraftId() id: string): Promise<SeeOther> {
    const { form } = await openDraft(this.queries, citizen, id);
    return seeOther(form.firstOpenStep ? stepHref(id, form.firstOpenStep) : `/drafts/${id}/check`);
  }

  @Get('steps/:step')
  async show(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Param('step') step: string, @Query('from') from?: string): Promise<Page> {
    const fromCheck = from === 'check';
    return this.pageOf(await openDraft(this.queries, citizen, id), step, { level: citizen.level, fromCheck, withFaults: fromCheck });
  }

  @Post('steps/:step')
  async save(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Param('step') step: string, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(StepForm, body);
    try {
      // A form whose version cannot be read was not shown by this portal today: nothing is overwritten with it.
      if (errors) throw new DraftChanged();
      const saved = await this.commands.execute(new SaveDraft(id, citizen.accountId, form.version, step, form.answers, form.takeOver));
      if (form.takeOver) {
        const back = form.from ? `?from=${form.from}` : '';
        return seeOther(`${stepHref(id, step)}${back}#requisites-${form.takeOver.field}`, { notice: 'applications.requisites-taken' });
      }
      if (form.intent === 'save') return seeOther(stepHref(id, step), { notice: 'applications.draft-saved' });
      if (saved.stepDone) return seeOther(form.from === 'check' || !saved.nextStep ? `/drafts/${id}/check` : stepHref(id, saved.nextStep));
    } catch (error) {
      if (!(error instanceof DraftChanged)) throw error;
      const stored = await openDraft(this.queries, citizen, id);
      return page('applications/draft-conflict', conflictPage(stored, step, form.seenAt, form.answers), { status: 412 });
    }
    const draft = await openDraft(this.queries, citizen, id);
    return this.pageOf(draft, step, { level: citizen.level, fromCheck: form.from === 'check', withFaults: true }, 422);
  }

  /** The same save for the script of the page, with the same fields. A draft changed elsewhere answers 409. */
  @Post('steps/:step/autosave')
  @HttpCode(200)
  async autosave(
    @CurrentCitizen() citizen: Citizen,
    @DraftId() id: string,
    @Param('step') step: string,
    @Body() body: unknown,
  ): Promise<{ version: number; savedAt: string }> {
    const { form } = await readForm(StepForm, body);
    const saved = await this.commands.execute(new SaveDraft(id, citizen.accountId, form.version, step, form.answers));
    return { version: saved.version, savedAt: saved.savedAt.toISOString() };
  }

  @Post('copy')
  async copy(@CurrentCitizen() citizen: Citizen, @DraftId() id: string, @Body() body: unknown): Promise<SeeOther> {
    const { form } = await readForm(CopyForm, body);
    const copyId = await this.commands.execute(new CopyDraft(id, citizen.accountId, form.step, form.answers));
    return seeOther(stepHref(copyId, form.step), { notice: 'applications.draft-copied' });
  }

  private pageOf(draft: DraftView, step: string, options: StepPageOptions, status = 200): Page {
    const filled = draft.form.step(step);
    if (!filled) throw new DraftNotFound();
    return page('applications/draft-step', stepPage(draft, filled, options), { status });
  }
}
