import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { PassportStrategy } from '@nestjs/passport';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import passport from 'passport';
import { Clock } from '../../../../kernel/clock.js';
import { CITIZEN_COOKIE } from '../../application/ports/session-tokens.js';
import { type AuthorizationAnswer, IdentityProvider } from '../../application/ports/identity-provider.js';
import { SignIn } from '../../application/sign-in.js';
import { SignInStale } from '../../domain/sign-in.errors.js';
import { returnPathOf } from './return-path.js';
import { beginSignIn, finishSignIn } from './sign-in-state.js';

/** What the strategy leaves in `request.user` after the way back from ESIA. */
export interface CompletedSignIn {
  /** Secret of the new session. */
  readonly token: string;
  readonly returnPath: string;
}

/** A request that carries its reply: the strategy binds the sign-in to the browser by a cookie. */
export type SignInRequest = FastifyRequest & { readonly signInReply: FastifyReply; readonly user?: CompletedSignIn };

/** Passport's own types speak of Express requests, its code does not. */
const BareStrategy = passport.Strategy as new () => object;

/** Passport's way of saying how a request ended; it puts these on a copy of the strategy for each request. */
interface Outcome {
  redirect(url: string): void;
  success(user: CompletedSignIn): void;
  error(error: unknown): void;
}

/** Both legs of the sign-in: without an answer of ESIA the browser is sent there, with one the citizen is signed in. */
@Injectable()
export class EsiaStrategy extends PassportStrategy(BareStrategy, 'esia') {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {
    super();
  }

  authenticate(this: EsiaStrategy & Outcome, request: SignInRequest): void {
    this.run(request, this).catch((error: unknown) => this.error(error));
  }

  /** Signs in the person the answer speaks of, provided this browser began the sign-in. Throws SignInStale and what SignIn throws. */
  async validate(request: SignInRequest): Promise<CompletedSignIn> {
    const { code, error, error_description: errorDescription, state } = request.query as Record<string, unknown>;
    const returnPath = finishSignIn(request, request.signInReply, state, this.clock.now());
    if (returnPath === null) throw new SignInStale();
    const answer: AuthorizationAnswer = {
      code: textOf(code),
      error: textOf(error),
      errorDescription: textOf(errorDescription),
    };
    const visitor = { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    const token = await this.commands.execute(new SignIn(answer, visitor, request.cookies[CITIZEN_COOKIE] ?? null));
    return { token, returnPath };
  }

  private async run(request: SignInRequest, outcome: Outcome): Promise<void> {
    const query = request.query as Record<string, unknown>;
    if (query.code !== undefined || query.error !== undefined) return outcome.success(await this.validate(request));
    const state = beginSignIn(request.signInReply, returnPathOf(query.return), this.clock.now());
    outcome.redirect(await this.provider.authorizationUrl(state));
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
