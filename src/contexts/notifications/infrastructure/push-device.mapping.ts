import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedText } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { PushDevice } from '../domain/push-device.js';

const endpointIndex = ({ endpoint }: { endpoint: string }): string =>
  KeyRing.installed().blindIndex('notifications.push-device.endpoint', endpoint);

export const PushDeviceMapping = defineEntity({
  class: mapped(PushDevice),
  schema: 'notifications',
  tableName: 'push_device',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    endpoint: p.type(EncryptedText),
    /** Keeps endpoints unique without the database being able to read them. */
    endpointIndex: p.text().onCreate(endpointIndex),
    p256dh: p.type(EncryptedText),
    auth: p.type(EncryptedText),
    linkedAt: p.datetime(),
  },
});
