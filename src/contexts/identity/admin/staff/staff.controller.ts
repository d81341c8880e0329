import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type Page } from '../../../../platform/http/page.js';
import { Staff } from '../../../../platform/http/principal.js';
import { StaffListQuery } from '../../application/staff-list.query.js';
import { staffPage } from './staff.page.js';

/** What an administrator starts from: who may enter the back-office. */
@Staff('ADMIN')
@Controller('office/staff')
export class StaffController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async show(): Promise<Page> {
    return staffPage(await this.queries.execute(new StaffListQuery()));
  }
}
