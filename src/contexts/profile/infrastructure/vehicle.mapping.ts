import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedText } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { Vehicle } from '../domain/vehicle.js';

const certificateIndex = ({ sts }: { sts: string }): string =>
  KeyRing.installed().blindIndex('profile.vehicle.sts', sts);

export const VehicleMapping = defineEntity({
  class: mapped(Vehicle),
  schema: 'profile',
  tableName: 'vehicle',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    make: p.text(),
    plateType: p.text(),
    grz: p.type(EncryptedText),
    sts: p.type(EncryptedText),
    /** Lets the database keep certificates unique without being able to read them; the domain does not know it. */
    stsIndex: p.text().onCreate(certificateIndex).onUpdate(certificateIndex),
    addedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
