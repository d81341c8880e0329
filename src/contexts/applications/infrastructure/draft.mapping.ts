import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedJson } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { Draft } from '../domain/draft.js';

export const DraftMapping = defineEntity({
  class: mapped(Draft),
  schema: 'applications',
  tableName: 'draft',
  properties: {
    id: p.uuid().primary(),
    applicantId: p.uuid(),
    serviceCode: p.text(),
    formVersion: p.integer(),
    answers: p.type(EncryptedJson),
    progressPercent: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    applicationId: p.uuid().nullable(),
    registrationNumber: p.text().nullable(),
    sentKey: p.uuid().nullable(),
    sentVersion: p.integer().nullable(),
    duplicateKey: p.text().nullable(),
    version: p.integer().version(),
  },
});
