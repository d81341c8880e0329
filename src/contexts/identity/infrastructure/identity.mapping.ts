import { defineEntity, p } from '@mikro-orm/core';
import { EncryptedText } from '../../../platform/persistence/encrypted-text.js';
import { mapped } from '../../../platform/persistence/mapped.js';
import { Account } from '../domain/account.js';
import { Session } from '../domain/session.js';
import { SignInRecord } from '../domain/sign-in-record.js';
import { StaffAccount } from '../domain/staff-account.js';
import { StaffSession } from '../domain/staff-session.js';

export const AccountMapping = defineEntity({
  class: mapped(Account),
  schema: 'identity',
  tableName: 'account',
  properties: {
    id: p.uuid().primary(),
    oid: p.text(),
    level: p.text(),
    displayName: p.type(EncryptedText),
    registeredAt: p.datetime(),
    version: p.integer().version(),
  },
});

export const SessionMapping = defineEntity({
  class: mapped(Session),
  schema: 'identity',
  tableName: 'session',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    tokenHash: p.text(),
    openedAt: p.datetime(),
    lastSeenAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    accessToken: p.type(EncryptedText).nullable(),
    accessTokenExpiresAt: p.datetime(),
    esiaSessionId: p.text(),
  },
});

export const StaffAccountMapping = defineEntity({
  class: mapped(StaffAccount),
  schema: 'identity',
  tableName: 'staff_account',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    name: p.text(),
    role: p.text(),
    authorityCode: p.text().nullable(),
    authorityName: p.text(),
    passwordHash: p.text(),
    codeSecret: p.type(EncryptedText),
    failures: p.integer(),
    lockedUntil: p.datetime().nullable(),
    lastCodeStep: p.integer(),
    version: p.integer().version(),
  },
});

export const StaffSessionMapping = defineEntity({
  class: mapped(StaffSession),
  schema: 'identity',
  tableName: 'staff_session',
  properties: {
    id: p.uuid().primary(),
    staffId: p.uuid(),
    tokenHash: p.text(),
    openedAt: p.datetime(),
    lastSeenAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});

export const SignInRecordMapping = defineEntity({
  class: mapped(SignInRecord),
  schema: 'identity',
  tableName: 'sign_in',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().nullable(),
    staffId: p.uuid().nullable(),
    accepted: p.boolean(),
    at: p.datetime(),
    ipAddress: p.text(),
    userAgent: p.text(),
  },
});
