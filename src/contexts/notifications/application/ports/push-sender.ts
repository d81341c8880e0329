import { type PushDevice } from '../../domain/push-device.js';

/** Sends push messages. Throws ChannelUnavailable and MessageRefused. */
export abstract class PushSender {
  /**
   * `gone`: the device has withdrawn its subscription for good. A repeat with the same `deliveryId` replaces the message while
   * it waits and does not disturb twice.
   */
  abstract send(
    device: PushDevice,
    message: { readonly title: string; readonly body: string; readonly deliveryId: string },
  ): Promise<'accepted' | 'gone'>;
}
