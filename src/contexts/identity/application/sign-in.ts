import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { Account } from '../domain/account.js';
import { AccountRepository } from '../domain/account.repository.js';
import { SessionRepository } from '../domain/session.repository.js';
import { SignInRecord, type Visitor } from '../domain/sign-in-record.js';
import { type AuthorizationAnswer, IdentityProvider } from './ports/identity-provider.js';
import { SessionTokens } from './ports/session-tokens.js';

/** A citizen comes back from ESIA. Answers with the secret of the new session, for the browser only. */
export class SignIn extends Command<string> {
  constructor(
    readonly answer: AuthorizationAnswer,
    readonly visitor: Visitor,
    /** Secret of the session this browser had: it ends. */
    readonly replacedToken: string | null,
  ) {
    super();
  }
}

@CommandHandler(SignIn)
export class SignInHandler implements ICommandHandler<SignIn> {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokens,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ answer, visitor, replacedToken }: SignIn): Promise<string> {
    const identity = await this.provider.identify(answer);
    const now = this.clock.now();
    const replaced = replacedToken ? await this.sessions.byTokenHash(this.tokens.hashOf(replacedToken)) : null;
    replaced?.end(now);
    const known = await this.accounts.byOid(identity.oid);
    const account = known ?? Account.register(this.ids.next(), identity.oid, identity, now);
    const { token, hash } = this.tokens.issue();
    const opening = { sessionId: this.ids.next(), tokenHash: hash, access: identity.access, firstTime: known === null };
    const session = account.signIn(identity, opening, now);
    await this.accounts.saveSignIn(account, session, SignInRecord.ofCitizen(this.ids.next(), account.id, visitor, now));
    return token;
  }
}
