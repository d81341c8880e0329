import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Config } from '../../../platform/config/config.js';
import { type Citizen } from '../../../platform/http/principal.js';
import { ProfileQuery, type ProfileView } from '../application/profile.query.js';
import { RefreshProfile } from '../application/refresh-profile.js';
import { AlreadyRefreshed, EsiaAccessEnded, PersonRegistryUnavailable } from '../domain/person.errors.js';

/** Why ESIA could not be read: it does not answer, or the citizen has to sign in again. */
export type EsiaTrouble = 'unavailable' | 'access-ended';

/** The last reading, if there ever was one, and what prevented a newer one, if it was tried and failed. */
export interface MirrorReading {
  readonly profile: ProfileView | null;
  readonly trouble: EsiaTrouble | null;
}

/** How often one citizen may make us ask ESIA on a route. */
export const READINGS = { max: 20, perSeconds: 60 };

/** What the pages of this context do with the mirror: show what is known, whatever happens to ESIA. */
@Injectable()
export class ProfileMirror {
  /** Where the citizen edits the data at ESIA; from there they come back to `/profile/return`. */
  readonly editUrl: string;

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    config: Config,
  ) {
    const url = new URL(config.esia.profileUrl);
    url.searchParams.set('return', `${config.publicUrl}/profile/return`);
    this.editUrl = url.href;
  }

  /** The last reading. ESIA is asked only when there is none yet. */
  async current(citizen: Citizen): Promise<MirrorReading> {
    const profile = await this.queries.execute(new ProfileQuery(citizen.accountId));
    return profile === null ? this.refreshed(citizen) : { profile, trouble: null };
  }

  /** Asks ESIA anew; when that fails the last reading stays. */
  async refreshed(citizen: Citizen): Promise<MirrorReading> {
    const trouble = await this.refresh(citizen);
    return { profile: await this.queries.execute(new ProfileQuery(citizen.accountId)), trouble };
  }

  private async refresh({ accountId, sessionId }: Citizen): Promise<EsiaTrouble | null> {
    try {
      await this.commands.execute(new RefreshProfile(accountId, sessionId));
      return null;
    } catch (error) {
      if (error instanceof AlreadyRefreshed) return null;
      if (error instanceof PersonRegistryUnavailable) return 'unavailable';
      if (error instanceof EsiaAccessEnded) return 'access-ended';
      throw error;
    }
  }
}
