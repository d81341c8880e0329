import { randomUUID } from 'node:crypto';
import { type EsiaPerson } from './person.js';

/** A checked authorization request that waits for the person. */
export interface PendingAuthorization {
  readonly clientId: string;
  readonly scope: string;
  readonly organizationScope: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly confirmedOnly: boolean;
}

/** The single sign-on session of one browser. */
export interface SignOnSession {
  readonly id: string;
  readonly person: EsiaPerson;
  readonly authenticatedAt: Date;
  /** Systems the person allowed during this session, with the scopes allowed. */
  readonly consents: Map<string, string>;
}

const COOKIE = 'esia_sandbox_session';

/** What lives between two requests of one browser. */
export class Sessions {
  private readonly sessions = new Map<string, SignOnSession>();
  private readonly authorizations = new Map<string, PendingAuthorization>();

  /** Keeps a request until the person has answered; the id goes through the pages. */
  hold(authorization: PendingAuthorization): string {
    const id = randomUUID();
    this.authorizations.set(id, authorization);
    return id;
  }

  held(id: string): PendingAuthorization | undefined {
    return this.authorizations.get(id);
  }

  release(id: string): void {
    this.authorizations.delete(id);
  }

  open(person: EsiaPerson, now: Date): SignOnSession {
    const session = { id: randomUUID(), person, authenticatedAt: now, consents: new Map<string, string>() };
    this.sessions.set(session.id, session);
    return session;
  }

  of(cookieHeader: string | undefined): SignOnSession | undefined {
    const id = cookieHeader
      ?.split(/;\s*/)
      .find((pair) => pair.startsWith(`${COOKIE}=`))
      ?.slice(COOKIE.length + 1);
    return id === undefined ? undefined : this.sessions.get(id);
  }

  end(session: SignOnSession | undefined): void {
    if (session) this.sessions.delete(session.id);
  }

  /** `set-cookie` for a session, or for none. */
  static cookie(session: SignOnSession | null): string {
    const value = session ? `${COOKIE}=${session.id}` : `${COOKIE}=; Max-Age=0`;
    return `${value}; Path=/; HttpOnly; SameSite=Lax`;
  }
}
