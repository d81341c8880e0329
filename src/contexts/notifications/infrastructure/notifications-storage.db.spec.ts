import { randomUUID } from 'node:crypto';
import { type EntityManager } from '@mikro-orm/postgresql';
import { notificationsUnderTest, type NotificationsUnderTest } from '../../../../test/support/notifications.js';
import { ChangePreferences } from '../application/change-preferences.js';
import { MarkAllRead } from '../application/mark-all-read.js';
import { NotificationFeedQuery, type NotificationFeed } from '../application/notification-feed.query.js';
import { Notify } from '../application/notify.js';
import { DeliveryWindow } from '../domain/delivery-window.js';
import { Delivery } from '../domain/delivery.js';
import { Notification } from '../domain/notification.js';
import { StalePreferences } from '../domain/preferences.errors.js';
import { DEFAULT_MATRIX, Preferences } from '../domain/preferences.js';
import { PreferencesRepository } from '../domain/preferences.repository.js';
import { PushDevice } from '../domain/push-device.js';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const UNFILTERED = { category: null, search: '', after: null };

let context: NotificationsUnderTest;
let account: string;
beforeAll(async () => {
  context = await notificationsUnderTest();
});
afterAll(() => context.close());
beforeEach(() => {
  account = randomUUID();
  context.app.clock.set(NOW);
});

const notification = () =>
  Notification.announce({
    id: randomUUID(),
    accountId: account,
    eventId: randomUUID(),
    topic: 'fine-found',
    title: 'Новый штраф',
    text: 'Ёлки',
    link: '/fines/1',
    leavesPortal: false,
    now: NOW,
  });
const delivery = (of: Notification) =>
  Delivery.queue({
    id: randomUUID(),
    notificationId: of.id,
    accountId: account,
    kind: of.kind,
    eventId: of.eventId,
    channel: 'SMS',
    title: of.title,
    body: 'Кратко',
    about: 'fine-due:1',
    sendAt: NOW,
    now: NOW,
  });
const stored = async <T extends object>(entity: T, where: object, others: object[] = []): Promise<T | null> => {
  await context.app.inUnitOfWork((em: EntityManager) => em.persist([...others, entity]).flush());
  const entityClass = entity.constructor as new () => T;
  return context.app.inUnitOfWork(
    async (em: EntityManager) => (await em.findOne(entityClass, where as never)) as T | null,
  );
};
const announce = async (count: number, topic: 'fine-found' | 'application-SENT' = 'fine-found') => {
  for (let index = 0; index < count; index += 1) {
    context.app.clock.advance(1000);
    const facts = { amountKopecks: 100 * (index + 1), registrationNumber: `78-2026-${index}` };
    await context.app.execute(new Notify(account, randomUUID(), topic, facts, { link: null }));
  }
};
const feed = (filter: Partial<NotificationFeedQuery['filter']> = {}): Promise<NotificationFeed> =>
  context.app.ask(new NotificationFeedQuery(account, { ...UNFILTERED, ...filter }));

describe('storage of notifications', () => {
  it('gives back a notification as it was', async () => {
    const saved = notification();
    expect(await stored(saved, { id: saved.id })).toEqual(saved);
  });

  it('gives back a delivery as it was', async () => {
    const owner = notification();
    const saved = delivery(owner);
    saved.take(NOW);
    saved.failedOnce('UNAVAILABLE', NOW);
    expect(await stored(saved, { id: saved.id }, [owner])).toEqual(saved);
  });

  it('gives back preferences as they were, with the number of the save', async () => {
    const saved = Preferences.byDefault(account);
    saved.replace({ ...DEFAULT_MATRIX, TRAFFIC_FINES: ['SMS'] }, DeliveryWindow.of('22:00', '02:00'), 0);
    expect(await stored(saved, { accountId: account })).toEqual(saved);
    expect(saved.version).toBe(1);
  });

  it('gives back a device as it was and keeps its secrets unreadable', async () => {
    const endpoint = 'https://push.example.ru/secret-endpoint';
    const saved = PushDevice.link({
      id: randomUUID(),
      accountId: account,
      name: 'Телефон',
      endpoint,
      p256dh: 'key',
      auth: 'auth-secret',
      now: NOW,
    });
    expect(await stored(saved, { id: saved.id })).toMatchObject({
      endpoint,
      p256dh: 'key',
      auth: 'auth-secret',
      linkedAt: NOW,
    });
    const [row] = await context.app.sql.query<object>('select * from notifications.push_device where id = $1', [
      saved.id,
    ]);
    expect(JSON.stringify(row)).not.toMatch(/secret/);
  });

  it('refuses a second entry for the same event', async () => {
    const first = notification();
    const again = Object.assign(notification(), { eventId: first.eventId });
    await stored(first, { id: first.id });
    await expect(stored(again, { id: again.id })).rejects.toThrow('notification_told_once');
  });
});

describe('preferences saved from two windows', () => {
  const change = (seenVersion: number) =>
    context.app.execute(
      new ChangePreferences(
        account,
        { matrix: DEFAULT_MATRIX, windowFrom: '10:00', windowUntil: '20:00' },
        seenVersion,
      ),
    );

  it('refuse the one that did not see the other', async () => {
    await change(0);
    await change(1);
    await expect(change(1)).rejects.toBeInstanceOf(StalePreferences);
  });

  it('refuse one of two that are saved at the same moment, the very first time and later', async () => {
    const both = async (seenVersion: number) =>
      (await Promise.allSettled([change(seenVersion), change(seenVersion)])).map(({ status }) => status).sort();
    expect(await both(0)).toEqual(['fulfilled', 'rejected']);
    // The database decides when both have read the same version before either saved.
    const repository = () => context.app.get(PreferencesRepository);
    await context.app.inUnitOfWork(async () => {
      const mine = await repository().get(account);
      mine.replace(DEFAULT_MATRIX, DeliveryWindow.of('11:00', '12:00'), mine.version);
      await change(mine.version);
      await expect(repository().save(mine)).rejects.toBeInstanceOf(StalePreferences);
    });
  });
});

describe('the feed', () => {
  it('comes newest first, twenty at a time, without gaps or repeats', async () => {
    await announce(45);
    const first = await feed();
    const second = await feed({ after: first.next });
    // Newer entries do not shift the pages that follow.
    await announce(3);
    const third = await feed({ after: second.next });
    expect([first, second, third].map(({ items }) => items.length)).toEqual([20, 20, 5]);
    const ids = [first, second, third].flatMap(({ items }) => items.map(({ notificationId }) => notificationId));
    expect(new Set(ids).size).toBe(45);
    expect(third.next).toBeNull();
    const times = first.items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('is narrowed by section', async () => {
    await announce(2);
    await announce(3, 'application-SENT');
    expect(await feed({ category: 'APPLICATION' })).toMatchObject({ total: 3, unread: 5 });
    expect((await feed({ category: 'GOV_MAIL' })).items).toEqual([]);
  });

  it.each(['реестре', 'РЕЕСТРЕ ГИБДД', 'штраф на 2,00'])('finds %j', async (search) => {
    await announce(3);
    expect((await feed({ search })).total).toBeGreaterThan(0);
  });

  it('takes «ё» and «е» for one letter, both ways', async () => {
    await context.app.execute(new Notify(account, randomUUID(), 'fine-paid', { amountKopecks: 100 }, { link: null }));
    for (const search of ['платеж', 'платёж']) expect((await feed({ search })).total).toBe(1);
  });

  it.each(['%', '_', '\\'])('takes %j for itself, not for a pattern', async (search) => {
    await announce(1);
    expect((await feed({ search })).total).toBe(0);
  });

  it('is nobody else’s', async () => {
    await announce(2);
    account = randomUUID();
    expect(await feed()).toEqual({ items: [], total: 0, unread: 0, next: null });
  });

  it('marks as read what was seen, not what came since', async () => {
    await announce(3);
    const seen = (await feed()).items[0]?.at ?? '';
    await announce(1);
    await context.app.execute(new MarkAllRead(account, new Date(seen)));
    expect((await feed()).items.map(({ isRead }) => isRead)).toEqual([false, true, true, true]);
  });
});
