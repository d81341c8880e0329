import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { NumberFingerprints } from '../application/ports/number-fingerprints.js';

@Injectable()
export class KeyRingNumberFingerprints extends NumberFingerprints {
  constructor(private readonly keyRing: KeyRing) {
    super();
  }

  override of(kindCode: string, number: string): string {
    return this.keyRing.blindIndex(`documents.number.${kindCode}`, number);
  }
}
