import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { page, type Page } from '../../../../platform/http/page.js';
import { CurrentStaff, Staff, type StaffMember } from '../../../../platform/http/principal.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { CaseQueueQuery } from '../../application/case-queue.query.js';
import { authorityOf } from '../authority.js';
import { QueueForm } from './queue.form.js';
import { queuePage } from './queue.page.js';

/** The queue of the clerk's authority. */
@Controller('office/queue')
@Staff('CLERK')
export class QueueController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async show(@CurrentStaff() staff: StaffMember, @Query() query: unknown): Promise<Page> {
    const { form, errors } = await readForm(QueueForm, query);
    const asked = errors ? new QueueForm() : form;
    const filter = { status: asked.status, overdueOnly: asked.overdue, number: asked.number };
    const queue = await this.queries.execute(new CaseQueueQuery(authorityOf(staff), filter, asked.after));
    return page('applications/queue', queuePage(queue, form, errors), { layout: 'office', status: errors ? 422 : 200 });
  }
}
