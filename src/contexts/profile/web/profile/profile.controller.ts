import { Controller, Get, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ownPathOf } from '../../../../platform/http/own-path.js';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { VehiclesQuery } from '../../application/vehicles.query.js';
import { type MirrorReading, ProfileMirror, READINGS } from '../profile-mirror.js';
import { profilePage } from './profile.page.js';

/** «Личные данные»: the profile and the children as ESIA knows them, and the vehicles typed in here. */
@Controller('profile')
export class ProfileController {
  constructor(
    private readonly mirror: ProfileMirror,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen): Promise<Page> {
    return this.render(citizen, await this.mirror.current(citizen));
  }

  /** «Обновить из Госуслуг». */
  @Post('refresh')
  @RateLimit(READINGS)
  async refresh(@CurrentCitizen() citizen: Citizen): Promise<Page | SeeOther> {
    const reading = await this.mirror.refreshed(citizen);
    return reading.trouble === null
      ? seeOther('/profile', { notice: 'profile.refreshed' })
      : this.render(citizen, reading);
  }

  /** ESIA sends the citizen here after editing, and here they go on to the page they came from: what was changed there is shown at once. */
  @Get('return')
  @RateLimit(READINGS)
  async comeBack(@CurrentCitizen() citizen: Citizen, @Query('to') to?: unknown): Promise<Page | SeeOther> {
    const reading = await this.mirror.refreshed(citizen);
    return reading.trouble === null ? seeOther(ownPathOf(to) ?? '/profile') : this.render(citizen, reading);
  }

  private async render(citizen: Citizen, reading: MirrorReading): Promise<Page> {
    const vehicles = await this.queries.execute(new VehiclesQuery(citizen.accountId));
    return page('profile/profile', profilePage(reading, vehicles, this.mirror.editUrl), {
      status: reading.trouble === null ? 200 : 503,
    });
  }
}
