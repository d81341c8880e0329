import { randomUUID } from 'node:crypto';
import {
  contactsOf,
  MARIA,
  notificationsUnderTest,
  type NotificationsUnderTest,
} from '../../../../test/support/notifications.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type ReceivedEmail, type ReceivedMessage } from '../../../sandbox/inbox/mailbox.js';
import { type ApplicationStatus, ApplicationStatusChanged, ApplicationSubmitted } from '../../applications/public.js';
import { DocumentExpires, type ExpiryStep, FileFoundInfected } from '../../documents/public.js';
import { SignedIn } from '../../identity/public.js';
import { FineFound, FinePaid, FinePaymentFailed } from '../../payments/public.js';
import { formatDate } from '../../../platform/views/format.js';
import { ChangePreferences } from '../application/change-preferences.js';
import { NotificationFeedQuery } from '../application/notification-feed.query.js';
import { Notify } from '../application/notify.js';
import { SendDeliveries } from '../application/send-deliveries.js';
import { UnreadNotificationsQuery } from '../application/unread.query.js';
import { DeliveryQueue } from '../domain/delivery-queue.js';
import { DEFAULT_MATRIX } from '../domain/preferences.js';
import { PushDevice } from '../domain/push-device.js';
import { PushDeviceRepository } from '../domain/push-device.repository.js';

const NOON = '2026-11-22T12:00:00+03:00';
const NIGHT = '2026-11-22T22:00:00+03:00';
const MORNING = '2026-11-23T09:00:00+03:00';
const NUMBER = '78-2026-00000017';
const MINUTE = 60_000;

let context: NotificationsUnderTest;
let account: string;
beforeAll(async () => {
  context = await notificationsUnderTest();
});
afterAll(() => context.close());
beforeEach(async () => {
  await context.app.sql.query('delete from notifications.delivery');
  account = randomUUID();
  contactsOf.set(account, MARIA);
  context.app.clock.set(NOON);
  context.inbox.mailbox.clear();
});

const status = (status: ApplicationStatus, respondBy: string | null = null, applicationId = randomUUID()) =>
  new ApplicationStatusChanged(applicationId, account, NUMBER, 'SCHOOL_FIRST_GRADE', status, NOON, respondBy);
const fine = (fineId = randomUUID()) => new FineFound(fineId, account, 75_000, 37_500, '2026-12-07');
const feed = async () =>
  (await context.app.ask(new NotificationFeedQuery(account, { category: null, search: '', after: null }))).items;
const sweep = () => context.app.execute(new SendDeliveries());
const received = <C extends ReceivedMessage['channel']>(channel: C) =>
  context.inbox.mailbox.list({ channel }) as readonly Extract<ReceivedMessage, { channel: C }>[];
const deliveries = () =>
  context.app.sql.query<{ channel: string; state: string; attempts: number; problem: string | null }>(
    'select channel, state, attempts, problem from notifications.delivery where account_id = $1 order by created_at, channel',
    [account],
  );
const choose = (choice: Record<string, string[]>, seenVersion = 0) =>
  context.app.execute(
    new ChangePreferences(
      account,
      { matrix: { ...DEFAULT_MATRIX, ...choice }, windowFrom: '09:00', windowUntil: '21:00' },
      seenVersion,
    ),
  );

describe('an event that a citizen should know of', () => {
  it('about a new fine comes to the feed and by e-mail, and costs no SMS', async () => {
    await context.tell(fine());
    expect(await feed()).toMatchObject([
      { category: 'PAYMENT', title: 'Новый штраф ГИБДД, действует скидка', isRead: false },
    ]);
    expect(received('sms')).toEqual([]);
    expect(received('email')).toMatchObject([{ to: MARIA.email, subject: 'Новый штраф ГИБДД, действует скидка' }]);
    expect((received('email')[0] as ReceivedEmail).text).toContain('Здравствуйте, Мария Петровна!');
  });

  it('about a payment comes with its outcome and leads to the fine', async () => {
    const fineId = randomUUID();
    await context.tell(new FinePaymentFailed(fineId, randomUUID(), account));
    context.app.clock.advance(MINUTE);
    await context.tell(new FinePaid(fineId, randomUUID(), account, 37_500));
    expect(await feed()).toMatchObject([
      { title: 'Штраф оплачен', link: `/fines/${fineId}` },
      { title: 'Оплата штрафа не прошла', link: `/fines/${fineId}` },
    ]);
    expect(received('email').map(({ subject }) => subject)).toEqual(['Штраф оплачен', 'Оплата штрафа не прошла']);
  });

  it('about a document that ends leads to the document, and a nearer step replaces an SMS that waits', async () => {
    await choose({ DOCUMENT_EXPIRY: ['SMS', 'EMAIL', 'FEED'] });
    const documentId = randomUUID();
    const link = `/documents/${documentId}`;
    const ends = (step: ExpiryStep) =>
      context.tell(new DocumentExpires(documentId, account, 'RF_FOREIGN_PASSPORT', '2026-11-29', step));
    context.app.clock.set(NIGHT);
    await ends(7);
    await ends(0);
    context.app.clock.set(MORNING);
    await sweep();
    expect(await feed()).toMatchObject([
      { category: 'APPLICATION', title: `Заграничный паспорт: последний день ${formatDate('2026-11-29')}`, link },
      { title: `Заграничный паспорт действует до ${formatDate('2026-11-29')}`, link },
    ]);
    expect(received('sms').map(({ text }) => text)).toEqual(['Заграничный паспорт: последний день 29.11.2026. См. ЛК']);
    expect(received('email')).toHaveLength(2);
  });

  it('about a virus in a file comes whatever the citizen chose, and leads to the documents', async () => {
    await choose({ DOCUMENT_EXPIRY: [], APPLICATION_STATUS: [] });
    await context.tell(new FileFoundInfected(randomUUID(), account));
    expect(await feed()).toMatchObject([{ title: 'В вашем файле найден вирус', link: '/documents' }]);
    expect(received('email')).toMatchObject([{ to: MARIA.email, subject: 'В вашем файле найден вирус' }]);
  });

  it('about an application comes at every step by SMS and e-mail, the sending to the authority in the feed only', async () => {
    const applicationId = randomUUID();
    await context.tell(new ApplicationSubmitted(applicationId, account, NUMBER, 'SCHOOL_FIRST_GRADE', NOON));
    for (const [step, respondBy] of [
      ['SENT', null],
      ['ACCEPTED', null],
      ['AWAITING_INFO', '2026-11-29'],
      ['EXECUTED', null],
    ] as const) {
      context.app.clock.advance(MINUTE);
      await context.tell(status(step, respondBy, applicationId));
    }
    expect((await feed()).map(({ title }) => title)).toEqual([
      `Заявление ${NUMBER}: исполнено`,
      `Заявление ${NUMBER}: нужны дополнительные сведения`,
      `Заявление ${NUMBER}: принято ведомством`,
      `Заявление ${NUMBER}: отправлено в ведомство`,
      `Заявление ${NUMBER}: принято от заявителя`,
    ]);
    expect(received('sms').map(({ text }) => text)).toEqual([
      `Заявление ${NUMBER}: Исполнено. Подробно в ЛК`,
      `Заявление ${NUMBER}: нужны сведения до 29.11. См. ЛК`,
      `Заявление ${NUMBER}: Принято ведомством. Подробно в ЛК`,
      `Заявление ${NUMBER}: Принято от заявителя. См. ЛК`,
    ]);
    expect(received('email')).toHaveLength(4);
  });

  it('about a sign-in comes by e-mail whatever the preferences, and does not ring the bell', async () => {
    await context.app.execute(
      new ChangePreferences(account, { matrix: {}, windowFrom: '09:00', windowUntil: '21:00' }, 0),
    );
    await context.tell(new SignedIn(account, 'session', false));
    expect(received('email')).toMatchObject([{ subject: 'Вход в личный кабинет' }]);
    expect(await feed()).toMatchObject([{ title: 'Вход в личный кабинет', isRead: true }]);
    expect(await context.app.ask(new UnreadNotificationsQuery(account))).toEqual({ count: 0, latest: [] });
  });

  it('is told once however often it is delivered', async () => {
    const eventId = randomUUID();
    const found = fine();
    await context.tell(found, eventId);
    await context.tell(found, eventId);
    await context.app.execute(new Notify(account, eventId, 'fine-found', { amountKopecks: 1 }, { link: null }));
    expect(await feed()).toHaveLength(1);
    expect(received('email')).toHaveLength(1);
  });

  it('is not told at all where its kind was refused', async () => {
    await choose({ TRAFFIC_FINES: [] });
    await context.tell(fine());
    expect(await feed()).toEqual([]);
    expect(received('email')).toEqual([]);
  });

  it('reaches the bell: the count and the newest three', async () => {
    for (const step of ['ACCEPTED', 'IN_PROGRESS', 'IN_PROGRESS', 'EXECUTED'] as const) {
      context.app.clock.advance(MINUTE);
      await context.tell(status(step));
    }
    const unread = await context.app.ask(new UnreadNotificationsQuery(account));
    expect(unread.count).toBe(4);
    expect(unread.latest.map(({ title }) => title.split(': ')[1])).toEqual([
      'исполнено',
      'промежуточные результаты от ведомства',
      'промежуточные результаты от ведомства',
    ]);
  });
});

describe('a delivery', () => {
  it('is confirmed by the receipt, also when that overtakes the answer', async () => {
    context.inbox.arm('sms.receipt-first', 1);
    await context.tell(status('ACCEPTED'));
    await eventually('the receipt', async () =>
      (await deliveries()).some(({ channel, state }) => channel === 'SMS' && state === 'DELIVERED'),
    );
    context.app.clock.advance(MINUTE);
    await context.tell(status('EXECUTED'));
    await eventually(
      'the second receipt',
      async () => (await deliveries()).filter(({ state }) => state === 'DELIVERED').length === 2,
    );
  });

  it('fails when the receipt says that the telephone was not reached', async () => {
    context.inbox.arm('sms.undelivered', 1);
    await context.tell(status('ACCEPTED'));
    await eventually('the receipt', async () => (await deliveries()).some(({ problem }) => problem === 'UNDELIVERED'));
    expect(await deliveries()).toContainEqual({ channel: 'SMS', state: 'FAILED', attempts: 1, problem: 'UNDELIVERED' });
  });

  it('by SMS waits for the morning, by e-mail does not', async () => {
    context.app.clock.set(NIGHT);
    await context.tell(status('ACCEPTED'));
    await sweep();
    expect(received('email')).toHaveLength(1);
    expect(received('sms')).toEqual([]);
    context.app.clock.set(MORNING);
    await sweep();
    expect(received('sms')).toHaveLength(1);
  });

  it('that waited is dropped when the fine was paid in the meantime, the feed keeps both', async () => {
    await choose({ TRAFFIC_FINES: ['SMS'] });
    const fineId = randomUUID();
    context.app.clock.set(NIGHT);
    await context.tell(fine(fineId));
    await context.tell(new FinePaid(fineId, randomUUID(), account, 37_500));
    context.app.clock.set(MORNING);
    await sweep();
    expect(received('sms').map(({ text }) => text)).toEqual(['Штраф ГИБДД оплачен: 375 р. Квитанция в ЛК']);
    expect(await deliveries()).toContainEqual({ channel: 'SMS', state: 'DROPPED', attempts: 0, problem: 'SETTLED' });
    expect(await feed()).toHaveLength(2);
  });

  it('that asks for an answer is dropped once the application has moved on', async () => {
    const applicationId = randomUUID();
    context.app.clock.set(NIGHT);
    await context.tell(status('AWAITING_INFO', '2026-11-29', applicationId));
    await context.tell(status('IN_PROGRESS', null, applicationId));
    context.app.clock.set(MORNING);
    await sweep();
    expect(received('sms').map(({ text }) => text)).toEqual([`Заявление ${NUMBER}: Промежуточный результат. См. ЛК`]);
  });

  it('that waited is dropped when its channel was switched off overnight', async () => {
    context.app.clock.set(NIGHT);
    await context.tell(status('ACCEPTED'));
    await choose({ APPLICATION_STATUS: ['EMAIL'] });
    context.app.clock.set(MORNING);
    await sweep();
    expect(received('sms')).toEqual([]);
    expect(await deliveries()).toContainEqual({
      channel: 'SMS',
      state: 'DROPPED',
      attempts: 1,
      problem: 'SWITCHED_OFF',
    });
  });

  it('is tried again after a minute when the channel was busy, and never doubled', async () => {
    context.inbox.arm('email.busy', 1);
    await context.tell(fine());
    expect(await deliveries()).toEqual([{ channel: 'EMAIL', state: 'QUEUED', attempts: 1, problem: 'UNAVAILABLE' }]);
    await sweep();
    expect(received('email')).toEqual([]);
    context.app.clock.advance(MINUTE);
    await sweep();
    await sweep();
    expect(received('email')).toHaveLength(1);
    expect(await deliveries()).toEqual([{ channel: 'EMAIL', state: 'SENT', attempts: 2, problem: null }]);
  });

  it('is not tried again when the mailbox does not exist; the other channel goes on', async () => {
    context.inbox.arm('email.rejected', 1);
    await context.tell(status('ACCEPTED'));
    expect(received('sms')).toHaveLength(1);
    expect(await deliveries()).toContainEqual({ channel: 'EMAIL', state: 'FAILED', attempts: 1, problem: 'REFUSED' });
  });

  it('waits for an address that the profile does not have yet', async () => {
    contactsOf.delete(account);
    await context.tell(new SignedIn(account, 'session', true));
    expect(await deliveries()).toEqual([{ channel: 'EMAIL', state: 'QUEUED', attempts: 1, problem: 'NO_ADDRESS' }]);
    contactsOf.set(account, MARIA);
    context.app.clock.advance(MINUTE);
    await sweep();
    expect(received('email')).toHaveLength(1);
  });

  it('is sent by one of many senders that look at once', async () => {
    context.app.clock.set(NIGHT);
    for (let index = 0; index < 12; index += 1) await context.tell(status('IN_PROGRESS'));
    context.app.clock.set(MORNING);
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(received('sms')).toHaveLength(12);
  });

  it('comes back when its sender died with it', async () => {
    context.app.clock.set(NIGHT);
    await context.tell(status('ACCEPTED'));
    context.app.clock.set(MORNING);
    const lost = await context.app.inUnitOfWork(() =>
      context.app.get(DeliveryQueue).takeDue(context.app.clock.now(), 10),
    );
    expect(lost).toHaveLength(1);
    await sweep();
    expect(received('sms')).toEqual([]);
    context.app.clock.advance(5 * MINUTE);
    await sweep();
    expect(received('sms')).toHaveLength(1);
  });
});

describe('a push message', () => {
  const link = async () => {
    const { endpoint, keys } = context.inbox.push.subscribe('Телефон', context.inbox.url);
    const device = PushDevice.link({
      id: randomUUID(),
      accountId: account,
      name: 'Телефон',
      endpoint,
      ...keys,
      now: context.app.clock.now(),
    });
    await context.app.inUnitOfWork(() => context.app.get(PushDeviceRepository).add(device));
  };
  const devices = () => context.app.inUnitOfWork(() => context.app.get(PushDeviceRepository).ofAccount(account));

  it('goes to every linked device', async () => {
    await link();
    await link();
    await context.tell(fine());
    expect(received('push').map(({ payload }) => (JSON.parse(payload) as { body: string }).body)).toEqual(
      Array(2).fill('Новый штраф ГИБДД 750 р. Скидка до 07.12.2026. Личный кабинет'),
    );
  });

  it('unlinks a device that has withdrawn', async () => {
    await link();
    await link();
    context.inbox.arm('push.gone', 1);
    await context.tell(fine());
    expect(received('push')).toHaveLength(1);
    expect(await devices()).toHaveLength(1);
  });

  it('is not queued while no device is linked', async () => {
    await context.tell(fine());
    expect((await deliveries()).map(({ channel }) => channel)).toEqual(['EMAIL']);
  });
});
