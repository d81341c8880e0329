/** A citizen has to sign in first; the browser is sent there and comes back. */
export class NotSignedIn extends Error {}

/** The back-office needs its own sign-in. */
export class StaffNotSignedIn extends Error {}

/** The anti-forgery token is missing or stale: the form was opened too long ago or was not ours. */
export class StaleForm extends Error {}

/** A form brings more than all its files together may have. */
export class BodyTooLarge extends Error {}

/** Too many tries; `retryAfterSeconds` until the next one. */
export class TooManyRequests extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super();
  }
}
