import { defineEntity, p } from '@mikro-orm/core';
import { mapped } from '../../../platform/persistence/mapped.js';
import { type FeedCategory } from '../domain/notification-kind.js';
import { Notification } from '../domain/notification.js';

export const NotificationMapping = defineEntity({
  class: mapped(Notification),
  schema: 'notifications',
  tableName: 'notification',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    kind: p.text(),
    eventId: p.uuid(),
    category: p.text().$type<FeedCategory>(),
    title: p.text(),
    text: p.text(),
    link: p.text().nullable(),
    createdAt: p.datetime(),
    readAt: p.datetime().nullable(),
    searchText: p.text(),
  },
});
