import { eventually } from '../../../../test/support/eventually.js';
import { type InboxSandbox, startInboxSandbox } from '../../../sandbox/inbox/server.js';
import { type ReceivedSms } from '../../../sandbox/inbox/mailbox.js';
import { ChannelUnavailable } from '../application/ports/channel.errors.js';
import { SmsReceipts, type SmsReceiptState } from '../application/ports/sms-sender.js';
import { SmppSmsSender } from './smpp-sms-sender.js';

const TO = '+79210000006';
const SHORT = 'Заявление 78-2026-00000017: Принято ведомством. Подробно в ЛК';

class ReceiptsInMemory extends SmsReceipts {
  readonly seen: { messageId: string; state: SmsReceiptState }[] = [];
  private failures = 0;

  failOnce(): void {
    this.failures = 1;
  }

  expect(): Promise<void> {
    return Promise.resolve();
  }

  record(messageId: string, state: SmsReceiptState): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('The database is away'));
    }
    this.seen.push({ messageId, state });
    return Promise.resolve();
  }
}

describe('text messages over SMPP', () => {
  let sandbox: InboxSandbox;
  let receipts: ReceiptsInMemory;
  let sender: SmppSmsSender;

  const received = () => sandbox.mailbox.list({ channel: 'sms' }) as readonly ReceivedSms[];
  const senderTo = (url: string, password = 'sandbox') =>
    new SmppSmsSender({ url, systemId: 'lkspb', password, sender: 'GU-SPB' }, receipts, {
      responseMs: 2000,
      reconnectMs: 20,
      throttlePauseMs: 5,
    });

  beforeEach(async () => {
    sandbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
    receipts = new ReceiptsInMemory();
    sender = senderTo(sandbox.smppUrl);
  });

  afterEach(async () => {
    await sender.onApplicationShutdown();
    await sandbox.close();
  });

  it('arrive as Russian text in UCS-2 under the name of the sender, and a receipt comes back', async () => {
    const { messageIds } = await sender.send({ to: TO, text: SHORT });
    expect(received()).toEqual([
      expect.objectContaining({ to: TO, from: 'GU-SPB', text: SHORT, coding: 'UCS-2', parts: 1, receipt: 'DELIVRD' }),
    ]);
    await eventually('the receipt', () => receipts.seen.length === 1);
    expect(receipts.seen).toEqual([{ messageId: messageIds[0], state: 'DELIVERED' }]);
  });

  it('go in parts when they are long, and read as one', async () => {
    const text = 'Ведомство просит исправить заявление и отправить его снова до конца недели. '.repeat(3);
    const { messageIds } = await sender.send({ to: TO, text });
    expect(messageIds).toHaveLength(4);
    expect(received()).toEqual([expect.objectContaining({ text, parts: 4, partsReceived: 4 })]);
    await eventually('all receipts', () => receipts.seen.length === 4);
    expect(new Set(receipts.seen.map(({ messageId }) => messageId))).toEqual(new Set(messageIds));
  });

  it('sent at once are not mixed up', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `Сообщение ${index}. `.repeat(8));
    await Promise.all(texts.map((text) => sender.send({ to: TO, text })));
    expect(new Set(received().map(({ text }) => text))).toEqual(new Set(texts));
  });

  it('are tried again in place when the centre says «too often», without repeating parts', async () => {
    sandbox.arm('sms.throttled', 2);
    const text = 'Очень длинное сообщение о заявлении, которое не помещается в одну часть и уходит двумя';
    await sender.send({ to: TO, text });
    expect(received()).toEqual([expect.objectContaining({ text, partsReceived: 2 })]);
  });

  it('are put off when the centre goes on saying «too often»', async () => {
    sandbox.arm('sms.throttled', 100);
    await expect(sender.send({ to: TO, text: SHORT })).rejects.toBeInstanceOf(ChannelUnavailable);
    expect(received()).toEqual([]);
  });

  it('are reported undelivered when the telephone cannot be reached', async () => {
    sandbox.arm('sms.undelivered', 1);
    const { messageIds } = await sender.send({ to: TO, text: SHORT });
    await eventually('the receipt', () => receipts.seen.length === 1);
    expect(receipts.seen).toEqual([{ messageId: messageIds[0], state: 'UNDELIVERED' }]);
  });

  it('have a receipt that may come before the answer', async () => {
    sandbox.arm('sms.receipt-first', 1);
    const { messageIds } = await sender.send({ to: TO, text: SHORT });
    await eventually('the receipt', () => receipts.seen.length === 1);
    expect(receipts.seen).toEqual([{ messageId: messageIds[0], state: 'DELIVERED' }]);
  });

  it('get their receipt again when it could not be stored', async () => {
    receipts.failOnce();
    const { messageIds } = await sender.send({ to: TO, text: SHORT });
    await eventually('the second receipt', () => receipts.seen.length === 1);
    expect(receipts.seen).toEqual([{ messageId: messageIds[0], state: 'DELIVERED' }]);
  });

  it('fail at once when the connection breaks, and go again over a new one', async () => {
    sandbox.arm('sms.disconnect', 1);
    await expect(sender.send({ to: TO, text: SHORT })).rejects.toBeInstanceOf(ChannelUnavailable);
    await sender.send({ to: TO, text: SHORT });
    expect(received()).toHaveLength(1);
  });

  it('find the session open again by itself after a break, so that receipts are not missed', async () => {
    await sender.send({ to: TO, text: 'Первое' });
    await eventually('the receipt', () => receipts.seen.length === 1);
    sandbox.dropSmppSessions();
    await eventually('a new session', () => sandbox.boundSmppSessions() === 1);
    await sender.send({ to: TO, text: 'Второе' });
    await eventually('the second receipt', () => receipts.seen.length === 2);
  });

  it('wait while the centre is away', async () => {
    const url = sandbox.smppUrl;
    await sandbox.close();
    await expect(senderTo(url).send({ to: TO, text: SHORT })).rejects.toBeInstanceOf(ChannelUnavailable);
    sandbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
  });

  it('wait when the centre does not know us', async () => {
    const stranger = senderTo(sandbox.smppUrl, 'wrong');
    await expect(stranger.send({ to: TO, text: SHORT })).rejects.toThrow('Binding was refused with status 14');
    await stranger.onApplicationShutdown();
  });
});
