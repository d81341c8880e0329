import webPush from 'web-push';
import { type ReceivedPush } from '../../../sandbox/inbox/mailbox.js';
import { type InboxSandbox, startInboxSandbox } from '../../../sandbox/inbox/server.js';
import { ChannelUnavailable, MessageRefused } from '../application/ports/channel.errors.js';
import { PushDevice } from '../domain/push-device.js';
import { WebPushSender } from './web-push-sender.js';

const MESSAGE = { title: 'Штраф оплачен', body: 'Квитанция в ЛК', deliveryId: '0190a000-0000-7000-8000-0000000000d1' };

describe('push messages', () => {
  let sandbox: InboxSandbox;
  let sender: WebPushSender;

  const received = () => sandbox.mailbox.list({ channel: 'push' }) as readonly ReceivedPush[];
  const device = (changes: { endpoint?: string; p256dh?: string } = {}) => {
    const { endpoint, keys } = sandbox.push.subscribe('Телефон Марии', sandbox.url);
    return PushDevice.link({
      id: '0190a000-0000-7000-8000-0000000000e1',
      accountId: '0190a000-0000-7000-8000-0000000000a1',
      name: 'Телефон Марии',
      endpoint,
      ...keys,
      now: new Date(),
      ...changes,
    });
  };

  beforeEach(async () => {
    sandbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
    sender = new WebPushSender({ ...webPush.generateVAPIDKeys(), subject: 'mailto:support@lk.example.ru' });
  });

  afterEach(() => sandbox.close());

  it('arrive encrypted for the device and signed by the portal', async () => {
    await expect(sender.send(device(), MESSAGE)).resolves.toBe('accepted');
    const [push] = received();
    expect(push).toMatchObject({ to: 'Телефон Марии', ttl: 86_400, urgency: 'normal' });
    expect(JSON.parse(push?.payload ?? '')).toEqual({
      title: MESSAGE.title,
      body: MESSAGE.body,
      tag: MESSAGE.deliveryId,
    });
  });

  it('replace an earlier try of the same delivery', async () => {
    const phone = device();
    await sender.send(phone, MESSAGE);
    await sender.send(phone, MESSAGE);
    await sender.send(phone, { ...MESSAGE, deliveryId: '0190a000-0000-7000-8000-0000000000d2' });
    const topics = received().map(({ topic }) => topic);
    expect(new Set(topics).size).toBe(2);
    expect(topics.every((topic) => (topic?.length ?? 99) <= 32)).toBe(true);
  });

  it('find out that a device has withdrawn', async () => {
    sandbox.arm('push.gone', 1);
    const phone = device();
    await expect(sender.send(phone, MESSAGE)).resolves.toBe('gone');
    await expect(sender.send(phone, MESSAGE)).resolves.toBe('gone');
    expect(received()).toEqual([]);
  });

  it('are put off for as long as the service asks', async () => {
    sandbox.arm('push.too-many', 1);
    const refusal = await sender.send(device(), MESSAGE).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ChannelUnavailable);
    expect(refusal).toMatchObject({ retryAfterSeconds: 1 });
  });

  it('are refused when they were encrypted for another device', async () => {
    const stranger = sandbox.push.subscribe('Чужой телефон', sandbox.url).keys.p256dh;
    await expect(sender.send(device({ p256dh: stranger }), MESSAGE)).rejects.toBeInstanceOf(MessageRefused);
  });

  it('wait while the service is away', async () => {
    const phone = device({ endpoint: 'http://localhost:1/push/x' });
    await expect(sender.send(phone, MESSAGE)).rejects.toBeInstanceOf(ChannelUnavailable);
  });
});
