import { Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type FastifyReply } from 'fastify';
import { Config } from '../../../../platform/config/config.js';
import { seeOther, type SeeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen, Public } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { IdentityProvider } from '../../application/ports/identity-provider.js';
import { CITIZEN_COOKIE } from '../../application/ports/session-tokens.js';
import { SignOut } from '../../application/sign-out.js';
import { EsiaGuard } from './esia.guard.js';
import { type SignInRequest } from './esia.strategy.js';

const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** The citizen's door: out to ESIA, back from it, and sign-out. */
@Public()
@Controller('auth')
export class EsiaController {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly commands: CommandBus,
    private readonly config: Config,
  ) {}

  /** `?return=` names the local page to show afterwards. The guard sends the browser to ESIA. */
  @Get('esia')
  @UseGuards(EsiaGuard)
  @RateLimit({ max: 120, perSeconds: 60 })
  begin(): void {
    // never reached: the guard has answered
  }

  @Get('esia/callback')
  @UseGuards(EsiaGuard)
  @RateLimit({ max: 120, perSeconds: 60 })
  complete(@Req() request: SignInRequest, @Res({ passthrough: true }) reply: FastifyReply): SeeOther {
    const { token, returnPath } = request.user!;
    void reply.setCookie(CITIZEN_COOKIE, token, COOKIE);
    return seeOther(returnPath);
  }

  /** Ends our session, then the one at ESIA, which sends the browser back to the first page. */
  @Post('sign-out')
  async signOut(
    @CurrentCitizen() citizen: Citizen | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeeOther> {
    if (citizen) await this.commands.execute(new SignOut(citizen.sessionId));
    void reply.clearCookie(CITIZEN_COOKIE, COOKIE);
    return seeOther(this.provider.signOutUrl(`${this.config.publicUrl}/`));
  }
}
