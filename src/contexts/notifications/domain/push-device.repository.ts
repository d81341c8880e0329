import { type PushDevice } from './push-device.js';

/** Where linked devices are kept, encrypted. */
export abstract class PushDeviceRepository {
  abstract ofAccount(accountId: string): Promise<readonly PushDevice[]>;

  abstract add(device: PushDevice): Promise<void>;

  /** Unlinks; a device that is not there is unlinked already. */
  abstract remove(device: PushDevice): Promise<void>;
}
