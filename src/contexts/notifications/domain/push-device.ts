/** A phone or browser that a citizen allowed to receive push messages. The endpoint is a secret given by its push service. */
export class PushDevice {
  private constructor(
    readonly id: string,
    readonly accountId: string,
    readonly name: string,
    readonly endpoint: string,
    /** Public key of the device, base64url. */
    readonly p256dh: string,
    /** Shared authentication secret, base64url. */
    readonly auth: string,
    readonly linkedAt: Date,
  ) {}

  static link(device: {
    id: string;
    accountId: string;
    name: string;
    endpoint: string;
    p256dh: string;
    auth: string;
    now: Date;
  }): PushDevice {
    const { id, accountId, name, endpoint, p256dh, auth, now } = device;
    return new PushDevice(id, accountId, name, endpoint, p256dh, auth, now);
  }
}
