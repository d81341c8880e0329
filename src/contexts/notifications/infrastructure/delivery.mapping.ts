import { defineEntity, p } from '@mikro-orm/core';
import { mapped } from '../../../platform/persistence/mapped.js';
import { Delivery, type DeliveryProblem, type DeliveryState } from '../domain/delivery.js';
import { type OutwardChannel } from '../domain/notification-kind.js';

export const DeliveryMapping = defineEntity({
  class: mapped(Delivery),
  schema: 'notifications',
  tableName: 'delivery',
  properties: {
    id: p.uuid().primary(),
    notificationId: p.uuid(),
    accountId: p.uuid(),
    kind: p.text(),
    eventId: p.uuid(),
    channel: p.text().$type<OutwardChannel>(),
    title: p.text(),
    body: p.text(),
    about: p.text().nullable(),
    state: p.text().$type<DeliveryState>(),
    attempts: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    problem: p.text().$type<DeliveryProblem>().nullable(),
    createdAt: p.datetime(),
  },
});
