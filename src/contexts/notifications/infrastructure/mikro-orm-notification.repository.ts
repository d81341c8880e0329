import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type Delivery } from '../domain/delivery.js';
import { Notification } from '../domain/notification.js';
import { NotificationRepository } from '../domain/notification.repository.js';

@Injectable()
export class MikroOrmNotificationRepository extends NotificationRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  async isTold(accountId: string, kind: string, eventId: string): Promise<boolean> {
    return (await this.em.count(Notification, { accountId, kind, eventId })) > 0;
  }

  async add(notification: Notification, deliveries: readonly Delivery[]): Promise<void> {
    await this.em.persist([notification, ...deliveries]).flush();
  }

  find(accountId: string, notificationId: string): Promise<Notification | null> {
    return this.em.findOne(Notification, { id: notificationId, accountId });
  }

  async save(notification: Notification): Promise<void> {
    await this.em.persist(notification).flush();
  }

  async markAllRead(accountId: string, upTo: Date, now: Date): Promise<void> {
    await this.em.execute(
      'update notifications.notification set read_at = ? where account_id = ? and read_at is null and created_at <= ?',
      [now, accountId, upTo],
    );
  }
}
