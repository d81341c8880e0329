import { type DynamicModule, Global, Module } from '@nestjs/common';
import { v7 } from 'uuid';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { Config } from './config/config.js';
import { HttpModule } from './http/http.module.js';
import { Metrics } from './observability/metrics.js';
import { type Mapping, PersistenceModule } from './persistence/persistence.module.js';
import { QueueModule } from './queue/queue.module.js';
import { KeyRing } from './security/key-ring.js';

const systemClock: Clock = { now: () => new Date() };
const uuids: Ids = { next: () => v7() };

/** What every context stands on. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config, mappings: readonly Mapping[]): DynamicModule {
    const keyRing = new KeyRing(config.dataKeys, config.indexKey);
    KeyRing.install(keyRing);
    return {
      module: PlatformModule,
      imports: [PersistenceModule.forRoot(mappings), QueueModule, HttpModule],
      providers: [
        { provide: Config, useValue: config },
        { provide: KeyRing, useValue: keyRing },
        { provide: Clock, useValue: systemClock },
        { provide: Ids, useValue: uuids },
        Metrics,
      ],
      exports: [Config, KeyRing, Clock, Ids, Metrics],
    };
  }
}
