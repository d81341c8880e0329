import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedJson } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { Person } from '../domain/person.js';

export const PersonMapping = defineEntity({
  class: mapped(Person),
  schema: 'profile',
  tableName: 'person',
  properties: {
    accountId: p.uuid().primary(),
    facts: p.type(EncryptedJson),
    refreshedAt: p.datetime(),
    version: p.integer().version(),
  },
});
