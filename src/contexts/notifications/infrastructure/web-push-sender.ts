import { request } from 'undici';
import webPush from 'web-push';
import { ChannelUnavailable, MessageRefused } from '../application/ports/channel.errors.js';
import { PushSender } from '../application/ports/push-sender.js';
import { type PushDevice } from '../domain/push-device.js';

export interface PushSettings {
  /** VAPID keys of the portal, base64url. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** `mailto:` or `https:` address of who answers for the sender. */
  readonly subject: string;
}

const TIMEOUT_MS = 10_000;
/** After a day a status is better read in the cabinet. */
const TTL_SECONDS = 24 * 60 * 60;

/**
 * Web Push (RFC 8030, 8291, 8292). The package `web-push` encrypts and signs; it posts to https only, so undici posts, which
 * also lets the sandbox be reached and follows no redirect.
 */
export class WebPushSender extends PushSender {
  constructor(private readonly settings: PushSettings) {
    super();
  }

  async send(
    device: PushDevice,
    message: { title: string; body: string; deliveryId: string },
  ): Promise<'accepted' | 'gone'> {
    const subscription = { endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } };
    const payload = JSON.stringify({ title: message.title, body: message.body, tag: message.deliveryId });
    const details = webPush.generateRequestDetails(subscription, payload, {
      vapidDetails: this.settings,
      TTL: TTL_SECONDS,
      urgency: 'normal',
      topic: Buffer.from(message.deliveryId.replaceAll('-', ''), 'hex').toString('base64url'),
    });
    const { statusCode, headers } = await this.post(details);
    if (statusCode >= 200 && statusCode < 300) return 'accepted';
    if (statusCode === 404 || statusCode === 410) return 'gone';
    if (statusCode === 429 || statusCode >= 500) {
      throw new ChannelUnavailable(`Push service answered ${statusCode}`, secondsOf(headers['retry-after']));
    }
    throw new MessageRefused(`Push service answered ${statusCode}`);
  }

  private async post({ endpoint, headers, body }: webPush.RequestDetails) {
    try {
      const answer = await request(endpoint, {
        method: 'POST',
        // undici counts the bytes itself.
        headers: Object.fromEntries(
          Object.entries(headers)
            .filter(([name]) => name !== 'Content-Length')
            .map(([name, value]) => [name, String(value)]),
        ),
        body,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      await answer.body.dump();
      return answer;
    } catch (error) {
      throw new ChannelUnavailable('Push service does not answer', null, { cause: error });
    }
  }
}

/** `Retry-After` in seconds; its other form, a date, is left to our own pauses. */
const secondsOf = (retryAfter: string | string[] | undefined): number | null => {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
};
