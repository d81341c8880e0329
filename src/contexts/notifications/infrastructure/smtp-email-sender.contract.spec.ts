import { type ReceivedEmail } from '../../../sandbox/inbox/mailbox.js';
import { type InboxSandbox, startInboxSandbox } from '../../../sandbox/inbox/server.js';
import { ChannelUnavailable, MessageRefused } from '../application/ports/channel.errors.js';
import { SmtpEmailSender } from './smtp-email-sender.js';

const LETTER = {
  to: 'maria.nevskaya@example.ru',
  subject: 'Заявление 78-2026-00000017: принято ведомством',
  text: 'Здравствуйте, Мария Петровна!\n\nЁлки — проверка букв и №.',
  html: '<p>Здравствуйте, <b>Мария Петровна</b>!</p>',
  deliveryId: '0190a000-0000-7000-8000-0000000000d1',
};

describe('letters over SMTP', () => {
  let sandbox: InboxSandbox;
  let sender: SmtpEmailSender;

  const received = () => sandbox.mailbox.list({ channel: 'email' }) as readonly ReceivedEmail[];

  beforeEach(async () => {
    sandbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
    sender = new SmtpEmailSender({
      url: sandbox.smtpUrl,
      from: 'Личный кабинет <no-reply@lk.example.ru>',
      publicUrl: 'http://localhost:3000',
    });
  });

  afterEach(async () => {
    sender.onApplicationShutdown();
    await sandbox.close();
  });

  it('arrive with a Russian subject, both bodies and a way to unsubscribe', async () => {
    await sender.send(LETTER);
    const [letter] = received();
    expect(letter).toMatchObject({
      to: LETTER.to,
      from: 'no-reply@lk.example.ru',
      subject: LETTER.subject,
      messageId: `<${LETTER.deliveryId}@localhost>`,
      headers: { 'list-unsubscribe': '<http://localhost:3000/settings>', 'auto-submitted': 'auto-generated' },
    });
    expect(letter?.text.trim()).toBe(LETTER.text);
    expect(letter?.html?.trim()).toBe(LETTER.html);
  });

  it('carry the same Message-ID when they are sent again', async () => {
    await sender.send(LETTER);
    await sender.send(LETTER);
    expect(new Set(received().map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('cannot be given a header by a subject with a line end', async () => {
    await sender.send({ ...LETTER, subject: 'Заявление\r\nBcc: chuzhoy@example.ru' });
    const [letter] = received();
    expect(letter).toMatchObject({ to: LETTER.to, subject: 'Заявление Bcc: chuzhoy@example.ru' });
    expect(letter?.headers).not.toHaveProperty('bcc');
  });

  it('go to the one address given, whatever is written in it', async () => {
    await sender.send({ ...LETTER, to: 'a@example.ru, b@example.ru' }).catch(() => undefined);
    expect(received().map(({ to }) => to)).not.toContainEqual(expect.stringContaining(','));
    expect(received().filter(({ to }) => to === 'b@example.ru')).toEqual([]);
  });

  it('have a subject of at most 78 characters', async () => {
    await sender.send({ ...LETTER, subject: 'Я'.repeat(100) });
    expect(received()[0]?.subject).toBe(`${'Я'.repeat(77)}…`);
  });

  it('are put off by a temporary answer', async () => {
    sandbox.arm('email.busy', 1);
    await expect(sender.send(LETTER)).rejects.toBeInstanceOf(ChannelUnavailable);
    await sender.send(LETTER);
    expect(received()).toHaveLength(1);
  });

  it('are refused for good when there is no such mailbox, without naming it', async () => {
    sandbox.arm('email.rejected', 1);
    const refusal = await sender.send(LETTER).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MessageRefused);
    expect((refusal as Error).message).not.toContain('@');
  });

  it('wait while the server is away', async () => {
    await sandbox.close();
    await expect(sender.send(LETTER)).rejects.toBeInstanceOf(ChannelUnavailable);
    sandbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
  });
});
