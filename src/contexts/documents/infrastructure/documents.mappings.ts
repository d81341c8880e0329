import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedJson } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { AccessRecord } from '../domain/access-record.js';
import { ElectronicDocument } from '../domain/electronic-document.js';
import { ExpiryNotice } from '../domain/expiry-notice.js';
import { type FormerRequisites, PersonalDocument } from '../domain/personal-document.js';
import { SignatureCheck } from '../domain/signature-check.js';
import { type SignatureVerdict } from '../domain/signature-verdict.js';
import { StoredFile } from '../domain/stored-file.js';

const SCHEMA = 'documents';

export const StoredFileMapping = defineEntity({
  class: mapped(StoredFile),
  schema: SCHEMA,
  tableName: 'stored_file',
  properties: {
    id: p.uuid().primary(),
    ownerId: p.uuid(),
    content: p.uuid().fieldName('content_id'),
    name: p.text(),
    extension: p.text(),
    mediaType: p.text(),
    bytes: p.integer(),
    sha256: p.text(),
    scanState: p.text().$type<StoredFile['scan']>().fieldName('scan'),
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
    childId: p.text().nullable(),
    numberFingerprint: p.text(),
    expiresOn: p.date().nullable(),
    history: p.type(EncryptedJson<readonly FormerRequisites[]>).nullable(),
    esiaId: p.text().nullable(),
    verified: p.boolean(),
    confirmedAt: p.datetime().nullable(),
    fileIds: p.array().columnType('uuid[]'),
    addedAt: p.datetime(),
    changedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});

export const ExpiryNoticeMapping = defineEntity({
  class: mapped(ExpiryNotice),
  schema: SCHEMA,
  tableName: 'expiry_notice',
  properties: {
    documentId: p.uuid().primary(),
    expiresOn: p.date().primary(),
    step: p.integer().primary().$type<ExpiryNotice['step']>(),
    toldAt: p.datetime(),
  },
});

export const AccessRecordMapping = defineEntity({
  class: mapped(AccessRecord),
  schema: SCHEMA,
  tableName: 'access_record',
  properties: {
    id: p.uuid().primary(),
    documentId: p.uuid(),
    accountId: p.uuid(),
    purpose: p.text().$type<AccessRecord['purpose']>(),
    accessedAt: p.datetime(),
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
    kind: p.text().$type<ElectronicDocument['kind']>(),
    title: p.text(),
    issuer: p.text(),
    number: p.text(),
    issuedAt: p.datetime(),
    fileId: p.uuid(),
    signatureFileId: p.uuid().nullable(),
    savedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
});

/** Only written by the ORM: read back, dates in a verdict would be text (`verdictIn`). */
export const SignatureCheckMapping = defineEntity({
  class: mapped(SignatureCheck),
  schema: SCHEMA,
  tableName: 'signature_check',
  properties: {
    signatureFileId: p.uuid().primary(),
    fileId: p.uuid().primary(),
    verdict: p.type(EncryptedJson<SignatureVerdict>),
    trust: p.text(),
  },
});

export const documentsMappings = [
  StoredFileMapping,
  PersonalDocumentMapping,
  ExpiryNoticeMapping,
  AccessRecordMapping,
  ElectronicDocumentMapping,
  SignatureCheckMapping,
];
