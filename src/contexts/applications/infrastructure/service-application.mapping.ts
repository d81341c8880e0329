import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedJson, EncryptedText } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { CaseAct } from '../domain/case-act.js';
import { ServiceApplication } from '../domain/service-application.js';
import { StatusEntry } from '../domain/status-entry.js';

export const ServiceApplicationMapping = defineEntity({
  class: mapped(ServiceApplication),
  schema: 'applications',
  tableName: 'service_application',
  properties: {
    id: p.uuid().primary(),
    applicantId: p.uuid(),
    registrationNumber: p.text(),
    serviceCode: p.text(),
    serviceTitle: p.text(),
    authorityCode: p.text(),
    authorityTitle: p.text(),
    formVersion: p.integer(),
    answers: p.type(EncryptedJson),
    files: p.type(EncryptedJson),
    status: p.text(),
    statusBeforeCancelling: p.text().nullable(),
    respondBy: p.date().nullable(),
    historyLength: p.integer(),
    dueAt: p.datetime(),
    submittedAt: p.datetime(),
    sentAt: p.datetime().nullable(),
    answeredAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});

export const StatusEntryMapping = defineEntity({
  class: mapped(StatusEntry),
  schema: 'applications',
  tableName: 'status_entry',
  properties: {
    applicationId: p.uuid().primary(),
    seq: p.integer().primary(),
    status: p.text(),
    cancellationDeclined: p.boolean(),
    at: p.datetime(),
    actor: p.text(),
    staffId: p.uuid().nullable(),
    staffName: p.text().nullable(),
    comment: p.type(EncryptedText).nullable(),
    legalGround: p.type(EncryptedText).nullable(),
    respondBy: p.date().nullable(),
    attachments: p.type(EncryptedJson),
  },
});

export const CaseActMapping = defineEntity({
  class: CaseAct,
  schema: 'applications',
  tableName: 'case_act',
  properties: { id: p.uuid().primary(), applicationId: p.uuid(), staffId: p.uuid(), act: p.text(), at: p.datetime() },
});
