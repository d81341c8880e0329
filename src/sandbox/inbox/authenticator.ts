import { generateSync } from 'otplib';

/** An account in an authenticator app. `secret` is base32. */
export interface AuthenticatorAccount {
  readonly account: string;
  readonly secret: string;
}

const PERIOD_SECONDS = 30;

/** The code an authenticator app shows at this moment, and how many seconds it lasts. */
export const currentCodes = (accounts: readonly AuthenticatorAccount[], now: Date) => {
  const epoch = Math.floor(now.getTime() / 1000);
  const secondsLeft = PERIOD_SECONDS - (epoch % PERIOD_SECONDS);
  return accounts.map(({ account, secret }) => ({
    account,
    code: generateSync({ strategy: 'totp', secret, epoch }),
    secondsLeft,
  }));
};
