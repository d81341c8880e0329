import { type FilterQuery, LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { DeliveryQueue } from '../domain/delivery-queue.js';
import { Delivery } from '../domain/delivery.js';

/** A table as a queue: `for update skip locked` lets any number of senders share it. */
@Injectable()
export class MikroOrmDeliveryQueue extends DeliveryQueue {
  constructor(private readonly em: EntityManager) {
    super();
  }

  async takeDue(now: Date, limit: number, notificationId?: string): Promise<readonly Delivery[]> {
    const due = {
      nextAttemptAt: { $lte: now },
      ...(notificationId ? { notificationId } : {}),
    } as FilterQuery<Delivery>;
    return this.em.transactional(async (em) => {
      const deliveries = await em.find(Delivery, due, {
        lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE,
        orderBy: { createdAt: 'asc' },
        limit,
        refresh: true,
      });
      return deliveries.filter((delivery) => delivery.take(now));
    });
  }

  async waitingAbout(accountId: string, about: string): Promise<readonly Delivery[]> {
    return this.em.find(Delivery, { accountId, about, state: 'QUEUED' } as FilterQuery<Delivery>);
  }

  async save(delivery: Delivery): Promise<void> {
    await this.em.persist(delivery).flush();
  }
}
