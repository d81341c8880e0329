import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { MarkAllRead } from '../../application/mark-all-read.js';
import { NotificationFeedQuery, NotificationQuery } from '../../application/notification-feed.query.js';
import { OpenNotification } from '../../application/open-notification.js';
import { NotificationNotFound } from '../../domain/notification.errors.js';
import { feedFilterOf, NotificationId, seenUpTo } from './feed.form.js';
import { feedPage, notificationPage } from './feed.page.js';

/** «Уведомления»: the feed of the cabinet. */
@Controller('notifications')
export class FeedController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen, @Query() query: Record<string, unknown>): Promise<Page> {
    const filter = feedFilterOf(query);
    const feed = await this.queries.execute(new NotificationFeedQuery(citizen.accountId, filter));
    return page('notifications/feed', feedPage(feed, filter));
  }

  @Post('read-all')
  async markAllRead(@CurrentCitizen() citizen: Citizen, @Body() body: unknown): Promise<SeeOther> {
    const upTo = seenUpTo(body);
    if (upTo) await this.commands.execute(new MarkAllRead(citizen.accountId, upTo));
    return seeOther('/notifications', { notice: 'notifications.all-read' });
  }

  /** Opening counts as reading; an entry that leads somewhere leads there at once. */
  @Get(':id')
  async open(@CurrentCitizen() citizen: Citizen, @NotificationId() id: string): Promise<Page | SeeOther> {
    const { link } = await this.commands.execute(new OpenNotification(citizen.accountId, id));
    if (link) return seeOther(link);
    const notification = await this.queries.execute(new NotificationQuery(citizen.accountId, id));
    if (!notification) throw new NotificationNotFound();
    return page('notifications/notification', notificationPage(notification));
  }
}
