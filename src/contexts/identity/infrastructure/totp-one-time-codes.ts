import { Injectable } from '@nestjs/common';
import { verifySync } from 'otplib';
import { OneTimeCodes } from '../application/ports/one-time-codes.js';

const PERIOD_SECONDS = 30;

/** Six digits, SHA-1, 30 seconds: what every authenticator app shows. One step of tolerance each way. */
@Injectable()
export class TotpOneTimeCodes extends OneTimeCodes {
  override stepOf(secret: string, code: string, now: Date): number | null {
    const token = code.replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return null;
    const epoch = Math.floor(now.getTime() / 1000);
    const result = verifySync({ strategy: 'totp', secret, token, epoch, epochTolerance: PERIOD_SECONDS });
    return result.valid && 'timeStep' in result ? result.timeStep : null;
  }
}
