import { defineEntity, p } from '@mikro-orm/core';
import { mapped } from '../../../platform/persistence/mapped.js';
import { type Payee } from '../domain/charge.js';
import { Fine } from '../domain/fine.js';
import { Payment } from '../domain/payment.js';
import { WatchedVehicle } from '../domain/watched-vehicle.js';

export const WatchedVehicleMapping = defineEntity({
  class: mapped(WatchedVehicle),
  schema: 'payments',
  tableName: 'watched_vehicle',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    heardAt: p.datetime(),
    stoppedAt: p.datetime().nullable(),
    asOf: p.datetime().nullable(),
    failures: p.integer(),
    refreshAfter: p.datetime(),
    version: p.integer().version(),
  },
});

export const FineMapping = defineEntity({
  class: mapped(Fine),
  schema: 'payments',
  tableName: 'fine',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    uin: p.text(),
    vehicleId: p.uuid(),
    status: p.text(),
    decreeNumber: p.text(),
    decreeDate: p.date(),
    offenceAt: p.datetime().nullable(),
    article: p.text().nullable(),
    offence: p.text(),
    department: p.text().nullable(),
    purpose: p.text(),
    amountKopecks: p.bigint('number'),
    termsSource: p.text(),
    policyCode: p.text().nullable(),
    discountPossible: p.boolean(),
    discountPercent: p.integer().nullable(),
    discountedKopecks: p.bigint('number').nullable(),
    discountUntil: p.date().nullable(),
    alreadyPaidKopecks: p.bigint('number'),
    payee: p.json<Payee>().nullable(),
    activePaymentId: p.uuid().nullable(),
    paidKopecks: p.bigint('number').nullable(),
    settledAt: p.datetime().nullable(),
    foundAt: p.datetime(),
    asOf: p.datetime(),
    version: p.integer().version(),
  },
});

export const PaymentMapping = defineEntity({
  class: mapped(Payment),
  schema: 'payments',
  tableName: 'payment',
  properties: {
    id: p.uuid().primary(),
    fineId: p.uuid(),
    accountId: p.uuid(),
    uin: p.text(),
    idempotencyKey: p.text(),
    amountKopecks: p.bigint('number'),
    status: p.text(),
    orderId: p.text().nullable(),
    formUrl: p.text().nullable(),
    decreeNumber: p.text(),
    decreeDate: p.date(),
    purpose: p.text(),
    payee: p.json<Payee>(),
    discountPercent: p.integer().nullable(),
    actionCode: p.integer().nullable(),
    maskedPan: p.text().nullable(),
    approvalCode: p.text().nullable(),
    reference: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    settledAt: p.datetime().nullable(),
    checkAfter: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
