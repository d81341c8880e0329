import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PushDevice } from '../domain/push-device.js';
import { PushDeviceRepository } from '../domain/push-device.repository.js';

@Injectable()
export class MikroOrmPushDeviceRepository extends PushDeviceRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  ofAccount(accountId: string): Promise<readonly PushDevice[]> {
    return this.em.find(PushDevice, { accountId }, { orderBy: { linkedAt: 'asc' } });
  }

  async add(device: PushDevice): Promise<void> {
    await this.em.persist(device).flush();
  }

  async remove(device: PushDevice): Promise<void> {
    await this.em.nativeDelete(PushDevice, { id: device.id, accountId: device.accountId });
  }
}
