import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedJson } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { ElectronicDocument } from '../domain/electronic-document.js';
import { PersonalDocument } from '../domain/personal-document.js';
import { StoredFile } from '../domain/stored-file.js';

const SCHEMA = 'documents';

export const StoredFileMapping = defineEntity({
  class: mapped(StoredFile),
  schema: SCHEMA,
  tableName: 'stored_file',
  properties: {
    id: p.uuid().primary(),
    ownerId: p.uuid(),
    name: p.text(),
    extension: p.text(),
    mediaType: p.text(),
    bytes: p.integer(),
    sha256: p.text(),
    scan: p.text().$type<StoredFile['scan']>(),
    storedAt: p.datetime(),
  },
});

export const PersonalDocumentMapping = defineEntity({
  class: mapped(PersonalDocument),
  schema: SCHEMA,
  tableName: 'personal_document',
  properties: {
    id: p.uuid().primary(),
    ownerId: p.uuid(),
    kindCode: p.text(),
    requisites: p.type(EncryptedJson<Record<string, string>>),
    numberFingerprint: p.text(),
    expiresOn: p.date().nullable(),
    fileIds: p.array().columnType('uuid[]'),
    addedAt: p.datetime(),
    changedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});

export const ElectronicDocumentMapping = defineEntity({
  class: mapped(ElectronicDocument),
  schema: SCHEMA,
  tableName: 'electronic_document',
  properties: {
    id: p.uuid().primary(),
    ownerId: p.uuid(),
    sourceId: p.text(),
    applicationId: p.uuid(),
    title: p.text(),
    issuer: p.text(),
    number: p.text(),
    issuedAt: p.datetime(),
    fileId: p.uuid(),
    savedAt: p.datetime(),
  },
});

export const documentsMappings = [StoredFileMapping, PersonalDocumentMapping, ElectronicDocumentMapping];
