import { type Session } from './session.js';

export abstract class SessionRepository {
  /** Null for an unknown one. */
  abstract byId(sessionId: string): Promise<Session | null>;
  abstract byTokenHash(tokenHash: string): Promise<Session | null>;
  abstract save(session: Session): Promise<void>;
}
