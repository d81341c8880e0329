import { Controller, Get, Post } from '@nestjs/common';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { type MirrorReading, ProfileMirror, READINGS } from '../profile-mirror.js';
import { organizationsPage } from './organizations.page.js';

/** «Организации»: those whose employee directory at ESIA holds the citizen. */
@Controller('organizations')
export class OrganizationsController {
  constructor(private readonly mirror: ProfileMirror) {}

  @Get()
  async show(@CurrentCitizen() citizen: Citizen): Promise<Page> {
    return this.render(citizen, await this.mirror.current(citizen));
  }

  @Post('refresh')
  @RateLimit(READINGS)
  async refresh(@CurrentCitizen() citizen: Citizen): Promise<Page | SeeOther> {
    const reading = await this.mirror.refreshed(citizen);
    return reading.trouble === null
      ? seeOther('/organizations', { notice: 'profile.refreshed' })
      : this.render(citizen, reading);
  }

  private render(citizen: Citizen, reading: MirrorReading): Page {
    const model = organizationsPage(reading, citizen.level, this.mirror.editUrl);
    return page('profile/organizations', model, { status: reading.trouble === null ? 200 : 503 });
  }
}
