import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { importJWK, jwtVerify } from 'jose';
import { type Faults } from './faults.js';
import { type Mailbox } from './mailbox.js';

/** A browser's `PushSubscription.toJSON()`. */
export interface SubscriptionJson {
  readonly endpoint: string;
  readonly expirationTime: null;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface PushRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Origin under which the sender reached the service: the audience its token must name. */
  readonly origin: string;
}

export interface PushAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

interface Device {
  readonly name: string;
  readonly keys: ECDH;
  readonly auth: Buffer;
}

const MAX_PAYLOAD = 4096;
const MAX_TOKEN_SECONDS = 24 * 60 * 60;
const TAG_BYTES = 16;

/** RFC 8188 / RFC 8291: one `aes128gcm` record, as a browser opens it. Throws when the keys do not fit. */
const decrypt = (body: Buffer, device: Device): string => {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const senderKey = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const derive = (secret: Uint8Array, with_: Uint8Array, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), device.keys.getPublicKey(), senderKey]);
  const secret = derive(device.keys.computeSecret(senderKey), device.auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-TAG_BYTES));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(0x02)).toString('utf8');
};

/** RFC 8292: a fresh ES256 token for this origin, signed with the key it names. */
const isSigned = async (authorization: string, origin: string): Promise<boolean> => {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/i.exec(authorization) ?? [];
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65) return false;
  try {
    const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
    const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, 'ES256');
    const { payload } = await jwtVerify(token, publicKey, { audience: origin, requiredClaims: ['exp', 'sub'] });
    return (payload.exp ?? 0) <= Date.now() / 1000 + MAX_TOKEN_SECONDS;
  } catch {
    return false;
  }
};

/** A push service (RFC 8030) together with the phones it pushes to: it can therefore show what it carried. */
export class PushService {
  private readonly devices = new Map<string, Device>();

  constructor(
    private readonly mailbox: Mailbox,
    private readonly faults: Faults,
  ) {}

  /** A phone allows notifications. The answer is what its browser would hand to the portal. */
  subscribe(name: string, serviceUrl: string): SubscriptionJson {
    const id = randomUUID();
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const device: Device = { name, keys, auth: randomBytes(16) };
    this.devices.set(id, device);
    return {
      endpoint: `${serviceUrl}/push/${id}`,
      expirationTime: null,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: device.auth.toString('base64url') },
    };
  }

  async receive(deviceId: string, { headers, body, origin }: PushRequest): Promise<PushAnswer> {
    const device = this.devices.get(deviceId);
    if (!device) return { status: 404 };
    if (this.faults.strikes('push.gone')) {
      this.devices.delete(deviceId);
      return { status: 410 };
    }
    if (this.faults.strikes('push.too-many')) return { status: 429, headers: { 'retry-after': '1' } };
    const ttl = Number(headers.ttl);
    if (!Number.isInteger(ttl) || ttl < 0) return { status: 400, text: 'TTL is required' };
    if (!(await isSigned(String(headers.authorization ?? ''), origin)))
      return { status: 403, text: 'VAPID token is not valid' };
    if (body.length > MAX_PAYLOAD) return { status: 413 };
    if (headers['content-encoding'] !== 'aes128gcm') return { status: 415 };
    let payload: string;
    try {
      payload = decrypt(body, device);
    } catch {
      return { status: 400, text: 'The payload is not encrypted for this subscription' };
    }
    const id = randomUUID();
    const text = (value: string | string[] | undefined) => (value === undefined ? null : String(value));
    this.mailbox.put({
      channel: 'push',
      id,
      at: new Date().toISOString(),
      to: device.name,
      from: origin,
      payload,
      ttl,
      urgency: text(headers.urgency),
      topic: text(headers.topic),
    });
    return { status: 201, headers: { location: `${origin}/push/messages/${id}` } };
  }
}
