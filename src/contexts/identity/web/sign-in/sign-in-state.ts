import { randomUUID } from 'node:crypto';
import { type FastifyReply, type FastifyRequest } from 'fastify';

const COOKIE = '__Host-esia-state';
const LIFETIME_SECONDS = 10 * 60;
const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'lax', signed: true } as const;

interface SignInState {
  readonly state: string;
  readonly returnPath: string;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
}

/** Binds a sign-in to the browser that began it by a signed cookie; answers with the `state` to send along. */
export function beginSignIn(reply: FastifyReply, returnPath: string, now: Date): string {
  const kept: SignInState = { state: randomUUID(), returnPath, begunAt: now.getTime() };
  const value = Buffer.from(JSON.stringify(kept)).toString('base64url');
  void reply.setCookie(COOKIE, value, { ...ATTRIBUTES, maxAge: LIFETIME_SECONDS });
  return kept.state;
}

/**
 * The return path of the sign-in that `state` belongs to, or null when this browser did not begin it, or too long ago. The
 * cookie goes away with it: an answer is taken once.
 */
export function finishSignIn(request: FastifyRequest, reply: FastifyReply, state: unknown, now: Date): string | null {
  const cookie = request.cookies[COOKIE];
  if (!cookie) return null;
  void reply.clearCookie(COOKIE, ATTRIBUTES);
  const { valid, value } = request.unsignCookie(cookie);
  if (!valid) return null;
  const kept = JSON.parse(Buffer.from(value, 'base64url').toString()) as SignInState;
  const fresh = now.getTime() - kept.begunAt <= LIFETIME_SECONDS * 1000;
  return fresh && kept.state === state ? kept.returnPath : null;
}
