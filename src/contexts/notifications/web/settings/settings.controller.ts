import { Body, Controller, Get, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { ChangePreferences, ResetPreferences } from '../../application/change-preferences.js';
import { NotificationSettingsQuery } from '../../application/notification-settings.query.js';
import { StalePreferences } from '../../domain/preferences.errors.js';
import { choiceOf, ResetForm, SettingsForm } from './settings.form.js';
import { conflictPage, resetPage, settingsPage } from './settings.page.js';

/** «Настройки»: which events the citizen is told of, how and when. */
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen): Promise<Page> {
    return page('notifications/settings', settingsPage(await this.settingsOf(citizen)));
  }

  @Post()
  async save(@CurrentCitizen() citizen: Citizen, @Body() body: unknown): Promise<Page | SeeOther> {
    const { form, errors } = await readForm(SettingsForm, body);
    if (errors) {
      const settings = await this.settingsOf(citizen);
      return page(
        'notifications/settings',
        settingsPage(settings, { choice: choiceOf(form), version: form.version }, errors),
        { status: 422 },
      );
    }
    try {
      await this.commands.execute(new ChangePreferences(citizen.accountId, choiceOf(form), form.version));
    } catch (error) {
      if (!(error instanceof StalePreferences)) throw error;
      const saved = await this.settingsOf(citizen);
      return page('notifications/settings-conflict', conflictPage(saved, choiceOf(form)), { status: 409 });
    }
    return seeOther('/settings', { notice: 'notifications.settings-saved' });
  }

  @Get('reset')
  async askToReset(@CurrentCitizen() citizen: Citizen): Promise<Page> {
    return page('notifications/settings-reset', resetPage(await this.settingsOf(citizen)));
  }

  @Post('reset')
  async reset(@CurrentCitizen() citizen: Citizen, @Body() body: unknown): Promise<SeeOther> {
    const { form } = await readForm(ResetForm, body);
    await this.commands.execute(new ResetPreferences(citizen.accountId, form.version));
    return seeOther('/settings', { notice: 'notifications.settings-reset' });
  }

  private settingsOf({ accountId }: Citizen) {
    return this.queries.execute(new NotificationSettingsQuery(accountId));
  }
}
