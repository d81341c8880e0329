import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Page, seeOther, type SeeOther } from '../../../../platform/http/page.js';
import { Public } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { readForm } from '../../../../platform/http/read-form.js';
import { Messages } from '../../../../platform/views/messages.js';
import { STAFF_COOKIE } from '../../application/ports/session-tokens.js';
import { SignInStaff } from '../../application/sign-in-staff.js';
import { SignOutStaff } from '../../application/sign-out-staff.js';
import { StaffSignInRefused } from '../../domain/staff-account.errors.js';
import { ADMINISTRATOR_HOME, OFFICE_HOME, officeReturnPathOf } from './office-return-path.js';
import { OfficeSignInForm } from './office-sign-in.form.js';
import { officeSignInPage } from './office-sign-in.page.js';

const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** The door of the back-office: password and one-time code on one page. */
@Public()
@Controller('office')
export class OfficeSignInController {
  constructor(
    private readonly commands: CommandBus,
    private readonly messages: Messages,
  ) {}

  @Get('sign-in')
  show(@Query('return') asked: unknown): Page {
    return officeSignInPage({ returnPath: officeReturnPathOf(asked) });
  }

  @Post('sign-in')
  @RateLimit({ max: 30, perSeconds: 60 })
  async signIn(
    @Body() body: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page | SeeOther> {
    const { form, errors: mistakes } = await readForm(OfficeSignInForm, body);
    const returnPath = officeReturnPathOf(body.return);
    if (mistakes) return officeSignInPage({ email: form.email, returnPath, errors: mistakes });
    try {
      const visitor = { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? '' };
      const { token, role } = await this.commands.execute(new SignInStaff(form, visitor, request.cookies[STAFF_COOKIE] ?? null));
      void reply.setCookie(STAFF_COOKIE, token, COOKIE);
      return seeOther(role === 'ADMIN' && returnPath === OFFICE_HOME ? ADMINISTRATOR_HOME : returnPath);
    } catch (error) {
      if (!(error instanceof StaffSignInRefused)) throw error;
      // Only above the form: which of the three fields was wrong is not told.
      const errors = { summary: [{ text: this.messages.text(error.code), href: '#email' }], fields: {} };
      return officeSignInPage({ email: form.email, returnPath, errors });
    }
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SeeOther> {
    const token = request.cookies[STAFF_COOKIE];
    if (token) await this.commands.execute(new SignOutStaff(token));
    void reply.clearCookie(STAFF_COOKIE, COOKIE);
    return seeOther('/office/sign-in', { notice: 'identity.staff-signed-out' });
  }
}
