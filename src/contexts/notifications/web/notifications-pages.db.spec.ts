import { randomUUID } from 'node:crypto';
import {
  contactsOf,
  MARIA,
  notificationsUnderTest,
  type NotificationsUnderTest,
} from '../../../../test/support/notifications.js';
import { PortalVisitor } from '../../../../test/support/portal-visitor.js';
import { NotificationFeedQuery } from '../application/notification-feed.query.js';
import { NotificationSettingsQuery } from '../application/notification-settings.query.js';
import { Notify } from '../application/notify.js';

const HOURS = { windowFrom: '09:00', windowUntil: '21:00' };

let context: NotificationsUnderTest;
let account: string;
let visitor: PortalVisitor;

const signInAs = (accountId: string) => {
  account = accountId;
  context.app.principals.citizen = {
    accountId,
    sessionId: 'live',
    level: 'CONFIRMED',
    displayName: 'Мария Н.',
    oid: '1000000001',
  };
  visitor = new PortalVisitor(context.app.nest);
};
beforeAll(async () => {
  context = await notificationsUnderTest();
});
afterAll(() => context.close());
beforeEach(() => {
  signInAs(randomUUID());
  contactsOf.set(account, MARIA);
});

const announce = (topic: 'fine-paid' | 'application-SENT' | 'signed-in', link: string | null) => {
  context.app.clock.advance(1000);
  const facts = {
    amountKopecks: 37_500,
    registrationNumber: '78-2026-00000017',
    signedInAt: '2026-11-22T09:00:00.000Z',
  };
  return context.app.execute(new Notify(account, randomUUID(), topic, facts, { link }));
};
const feed = async () =>
  (await context.app.ask(new NotificationFeedQuery(account, { category: null, search: '', after: null }))).items;
const settings = () => context.app.ask(new NotificationSettingsQuery(account));

describe('the page of notifications', () => {
  it('says what to expect while there are none', async () => {
    const { status, text } = await visitor.open('/notifications');
    expect(status).toBe(200);
    expect(text).toContain('Уведомлений пока нет');
  });

  it('shows all, marks the unread ones and says how many', async () => {
    await announce('fine-paid', '/fines/1');
    await announce('application-SENT', '/applications/1');
    const { text, html } = await visitor.open('/notifications');
    expect(text).toContain('2 уведомления, 2 непрочитанных');
    expect(text.indexOf('отправлено в ведомство')).toBeLessThan(text.indexOf('Штраф оплачен'));
    expect(html.match(/feed-item-unread/g)).toHaveLength(2);
  });

  it('narrows by section and words, and keeps both in its links', async () => {
    await announce('fine-paid', '/fines/1');
    await announce('application-SENT', '/applications/1');
    const { text, html } = await visitor.open('/notifications?category=PAYMENT&q=%D0%BF%D0%BB%D0%B0%D1%82%D0%B5%D0%B6');
    expect(text).toContain('Найдено: 1 уведомление');
    expect(text).not.toContain('отправлено в ведомство');
    expect(html).toContain('value="платеж"');
    expect((await visitor.open('/notifications?q=%D0%BA%D0%BE%D1%82')).text).toContain('Ничего не нашлось');
  });

  it.each(['?category=NOPE&after=nonsense', '?category[]=PAYMENT&q[x]=1', '?after=2026-11-22T09:00:00.000Z_zzz'])(
    'opens with the address %s',
    async (query) => {
      await announce('fine-paid', '/fines/1');
      const { status, text } = await visitor.open(`/notifications${query}`);
      expect(status).toBe(200);
      expect(text).toContain('Штраф оплачен');
    },
  );

  it('shows words of a search as words', async () => {
    const { html } = await visitor.open('/notifications?q=%22%3E%3Cscript%3E1%3C%2Fscript%3E');
    expect(html).not.toContain('<script>1');
  });

  it('leads on from an opened entry to what it is about, and counts it as read', async () => {
    await announce('fine-paid', '/fines/1');
    const [entry] = await feed();
    const answer = await visitor.open(`/notifications/${entry?.notificationId}`);
    expect(answer).toMatchObject({ status: 303, location: '/fines/1' });
    expect((await feed())[0]?.isRead).toBe(true);
  });

  it('shows an entry that leads nowhere by itself', async () => {
    await announce('signed-in', null);
    const [entry] = await feed();
    const { status, text } = await visitor.open(`/notifications/${entry?.notificationId}`);
    expect(status).toBe(200);
    expect(text).toContain('Если это были не вы');
  });

  it('hides entries of others', async () => {
    await announce('fine-paid', '/fines/1');
    const [entry] = await feed();
    signInAs(randomUUID());
    const { status } = await visitor.open(`/notifications/${entry?.notificationId}`);
    expect(status).toBe(404);
    expect((await visitor.open('/notifications/not-an-id')).status).toBe(404);
  });

  it('marks everything seen as read', async () => {
    await announce('fine-paid', '/fines/1');
    const { html } = await visitor.open('/notifications');
    const upTo = /name="upTo" value="([^"]+)"/.exec(html)?.[1] ?? '';
    await announce('application-SENT', '/applications/1');
    expect(await visitor.send('/notifications/read-all', { upTo })).toMatchObject({
      status: 303,
      location: '/notifications',
    });
    expect((await feed()).map(({ isRead }) => isRead)).toEqual([false, true]);
    expect((await visitor.open('/notifications')).text).toContain('Все уведомления отмечены прочитанными');
  });
});

describe('the page of settings', () => {
  const boxes = (html: string, channel: string) =>
    [...html.matchAll(/<input class="form-check-input"[^>]*>/g)]
      .map(([box]) => box)
      .filter((box) => box.includes(`value="${channel}"`));

  it('offers eight kinds by four ways with the defaults', async () => {
    const { html, text } = await visitor.open('/settings');
    expect(boxes(html, 'SMS')).toHaveLength(8);
    expect(boxes(html, 'SMS').filter((box) => box.includes('checked'))).toHaveLength(2);
    expect(boxes(html, 'FEED').filter((box) => box.includes('disabled'))).toHaveLength(5);
    expect(text).toContain('Прохождение диспансеризации вашими детьми');
  });

  it('says why a way is not open and leaves it alone', async () => {
    contactsOf.delete(account);
    const { html, text } = await visitor.open('/settings');
    expect(text).toContain('нет подтверждённого номера телефона');
    expect(text).toContain('нет подтверждённой электронной почты');
    expect(text).toContain('не привязано ни одно устройство');
    expect(boxes(html, 'EMAIL').every((box) => box.includes('disabled'))).toBe(true);
    expect(html).toContain('<input type="hidden" name="channels[TRAFFIC_FINES][]" value="EMAIL">');
  });

  it('denies no way before anything is known of the citizen', async () => {
    contactsOf.set(account, { known: false, mobile: null, email: null, firstName: null, middleName: null });
    const { html, text } = await visitor.open('/settings');
    expect(text).not.toContain('нет подтверждённого номера телефона');
    expect([...boxes(html, 'SMS'), ...boxes(html, 'EMAIL')].some((box) => box.includes('disabled'))).toBe(false);
  });

  it('is honest about devices', async () => {
    expect((await visitor.open('/settings')).text).toContain('не привязано ни одного телефона или планшета');
  });

  it('saves the whole choice', async () => {
    await visitor.open('/settings');
    const sent = await visitor.send('/settings', {
      version: '0',
      windowFrom: '10:00',
      windowUntil: '20:30',
      'channels[TRAFFIC_FINES][0]': 'SMS',
      'channels[TRAFFIC_FINES][1]': 'FEED',
    });
    expect(sent).toMatchObject({ status: 303, location: '/settings' });
    expect(await settings()).toMatchObject({
      windowFrom: '10:00',
      windowUntil: '20:30',
      version: 1,
      matrix: { TRAFFIC_FINES: ['SMS', 'FEED'], CHECKUP: [], APPLICATION_STATUS: ['FEED'] },
    });
    expect((await visitor.open('/settings')).text).toContain('Настройки сохранены');
  });

  it('keeps what was chosen when the hours are wrong', async () => {
    await visitor.open('/settings');
    const { status, html, text } = await visitor.send('/settings', {
      ...HOURS,
      version: '0',
      windowUntil: 'вечер',
      'channels[TRAFFIC_FINES][]': 'SMS',
    });
    expect(status).toBe(422);
    expect(text).toContain('Введите конец периода, например 21:00');
    expect(html).toContain('href="#windowUntil"');
    expect(boxes(html, 'SMS').filter((box) => box.includes('checked'))).toHaveLength(1);
    expect(await settings()).toMatchObject({ version: 0 });
  });

  it.each<Record<string, string>>([
    { 'channels[HOROSCOPE][]': 'SMS' },
    { 'channels[TRAFFIC_FINES][]': 'PIGEON' },
    { 'channels[TRAFFIC_FINES][SMS][x]': '1' },
  ])('refuses %j', async (unknown) => {
    await visitor.open('/settings');
    expect((await visitor.send('/settings', { ...HOURS, version: '0', ...unknown })).status).toBe(422);
    expect(await settings()).toMatchObject({ version: 0 });
  });

  it('shows both versions when another window saved first, and saves mine on demand', async () => {
    await visitor.open('/settings');
    await visitor.send('/settings', { ...HOURS, version: '0', 'channels[APPLICATION_STATUS][]': 'EMAIL' });
    const mine = { ...HOURS, windowFrom: '11:00', 'channels[APPLICATION_STATUS][]': 'SMS' };
    const { status, text, html } = await visitor.send('/settings', { ...mine, version: '0' });
    expect(status).toBe(409);
    expect(text).toContain('Изменения статусов заявлений отличается SMS, в кабинете почта, в кабинете');
    expect(text).toContain('11:00–21:00 09:00–21:00');
    const fields = Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
        ([, name = '', value = ''], index) => [name.replace('[]', `[${index}]`), value],
      ),
    );
    expect(await visitor.send('/settings', fields)).toMatchObject({ status: 303 });
    expect(await settings()).toMatchObject({
      version: 2,
      windowFrom: '11:00',
      matrix: { APPLICATION_STATUS: ['SMS', 'FEED'] },
    });
  });

  it('goes back to the defaults after asking once', async () => {
    await visitor.open('/settings');
    await visitor.send('/settings', { ...HOURS, version: '0' });
    expect((await visitor.open('/settings/reset')).text).toContain('Ваш нынешний выбор пропадёт');
    expect(await visitor.send('/settings/reset', { version: '1' })).toMatchObject({
      status: 303,
      location: '/settings',
    });
    expect(await settings()).toMatchObject({
      version: 2,
      matrix: { APPLICATION_STATUS: ['SMS', 'EMAIL', 'PUSH', 'FEED'] },
    });
  });

  it('does not go back to the defaults over a newer choice', async () => {
    await visitor.open('/settings');
    await visitor.send('/settings', { ...HOURS, version: '0' });
    expect((await visitor.send('/settings/reset', { version: '0' })).status).toBe(409);
    expect(await settings()).toMatchObject({ version: 1 });
  });
});
