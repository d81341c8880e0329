import { Controller, Get, Logger } from '@nestjs/common';
import { type Query, QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { ApplicationsAttentionQuery } from '../../../applications/public.js';
import { UnreadNotificationsQuery } from '../../../notifications/public.js';
import { FinesAttentionQuery } from '../../../payments/public.js';
import { ContactsQuery } from '../../application/contacts.query.js';
import { ProfileMirror } from '../profile-mirror.js';
import { dashboardPage } from './dashboard.page.js';

/** First page of the cabinet: who is here, and what of all contexts needs them. */
@Controller('cabinet')
export class DashboardController {
  private readonly logger = new Logger(DashboardController.name);

  constructor(
    private readonly queries: QueryBus,
    private readonly mirror: ProfileMirror,
  ) {}

  /** The neighbours are asked at once; the part of one that fails is left out, the rest of the page stands. */
  @Get()
  async show(@CurrentCitizen() citizen: Citizen): Promise<Page> {
    const { accountId } = citizen;
    const [contacts, fines, applications, notifications] = await Promise.all([
      this.answer(new ContactsQuery(accountId)),
      this.answer(new FinesAttentionQuery(accountId)),
      this.answer(new ApplicationsAttentionQuery(accountId)),
      this.answer(new UnreadNotificationsQuery(accountId)),
    ]);
    return page(
      'profile/dashboard',
      dashboardPage(citizen, { contacts, fines, applications, notifications }, this.mirror.editUrl),
      { unreadCount: notifications?.count },
    );
  }

  private async answer<T>(query: Query<T>): Promise<T | null> {
    try {
      return await this.queries.execute(query);
    } catch (error) {
      this.logger.error({ err: error, query: query.constructor.name }, 'A part of the dashboard is missing');
      return null;
    }
  }
}
