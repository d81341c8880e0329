import { type AccessRecord } from './access-record.js';

export abstract class AccessRecordRepository {
  /** Returns when it is durable. */
  abstract add(record: AccessRecord): Promise<void>;
}
