import { type AccountLevel } from '../../../../kernel/account-level.js';
import { type EsiaAccessGrant } from '../../domain/session.js';

/** What the browser brought back from ESIA: a code, or a refusal. */
export interface AuthorizationAnswer {
  readonly code?: string;
  readonly error?: string;
  readonly errorDescription?: string;
}

/** A person who proved to ESIA who they are. */
export interface ProvenIdentity {
  readonly oid: string;
  readonly level: AccountLevel;
  readonly displayName: string;
  readonly access: EsiaAccessGrant;
}

/** The service that vouches for citizens (ESIA). */
export abstract class IdentityProvider {
  /** Where to send the browser. `state` comes back with the answer and must be compared by the caller. */
  abstract authorizationUrl(state: string): Promise<string>;

  /**
   * Turns the answer into a person. An answer works once. Throws ConsentRefused, SignInStale, ClockSkewed, UntrustedAnswer,
   * IdentityProviderRefused, or IdentityProviderUnavailable once the adapter has used up its own retries.
   */
  abstract identify(answer: AuthorizationAnswer): Promise<ProvenIdentity>;

  /** Where to send the browser to end the sign-in there, too; it comes back to `returnUrl`. */
  abstract signOutUrl(returnUrl: string): string;
}
