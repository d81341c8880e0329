import { type ApplicationsApp, applicationsApp } from '../../../../../test/support/applications-app.js';

const numbersOf = (text: string) => text.match(/78-2027-\d{8}/g) ?? [];

describe('The queue of an authority', () => {
  let app: ApplicationsApp;
  const number: Record<string, string> = {};

  beforeAll(async () => {
    app = await applicationsApp();
    app.clock.set('2027-04-20T12:00:00+03:00');
    const at = (day: string) => ({ submittedAt: new Date(`2027-04-${day}T10:00:00+03:00`), dueAt: new Date('2027-05-07T00:00:00+03:00') });
    number['accepted'] = (await app.stored('ACCEPTED', at('12'))).registrationNumber;
    number['sent'] = (await app.stored('SENT', at('11'))).registrationNumber;
    number['late'] = (await app.stored('IN_PROGRESS', { ...at('13'), dueAt: new Date('2027-04-20T00:00:00+03:00') })).registrationNumber;
    number['executedLate'] = (await app.stored('EXECUTED', { ...at('10'), dueAt: new Date('2027-04-11T00:00:00+03:00') })).registrationNumber;
    number['asked'] = (await app.stored('AWAITING_INFO', at('14'))).registrationNumber;
    number['unsent'] = (await app.stored('SUBMITTED', at('15'))).registrationNumber;
    number['transport'] = (await app.stored('SENT', { ...at('01'), authorityCode: 'COMMITTEE_TRANSPORT' })).registrationNumber;
  });
  afterAll(() => app?.close());

  const shown = async (query = '') => app.asClerk().open(`/office/queue${query}`);
  const named = (...names: string[]) => names.map((name) => number[name]);

  it('shows open cases of its own, oldest first', async () => {
    const { status, text } = await shown();
    expect(status).toBe(200);
    expect(numbersOf(text)).toEqual(named('sent', 'accepted', 'late', 'asked'));
    expect(text).toContain('4 заявления, сначала поданные раньше');
    expect(text).toContain('В работе 4 Срок прошёл 1 Завершённые 1');
  });

  it('belongs to its authority', async () => {
    expect(numbersOf((await app.asClerk('COMMITTEE_TRANSPORT').open('/office/queue')).text)).toEqual(named('transport'));
  });

  it('flags what is over its term and an answer that did not come', async () => {
    const { text } = await shown();
    expect(text.match(/Срок прошёл/g)).toHaveLength(2); // the tab and the late case
    expect(text).toMatch(new RegExp(`${number['late']} Запись в первый класс .* 19 апреля 2027 г\\. Срок прошёл`));
    expect(text).toContain('Ответ заявителя до 5 апреля 2027 г., не получен');
  });

  it.each([
    ['?overdue=1', 200, ['late']],
    ['?status=CLOSED', 200, ['executedLate']],
    ['?status=CLOSED&overdue=1', 200, []],
    ['?status=AWAITING_INFO', 200, ['asked']],
    ['?status=SUBMITTED', 200, []],
    ['?status=NONSENSE', 422, ['sent', 'accepted', 'late', 'asked']],
  ] as const)('is filtered by %s', async (query, status, names) => {
    const page = await shown(query);
    expect([page.status, numbersOf(page.text)]).toEqual([status, named(...names)]);
  });

  it('is searched by a part of the number', async () => {
    expect(numbersOf((await shown(`?number=${number['late']!.slice(-3)}`)).text)).toEqual(named('late'));
    const refused = await shown('?number=%25');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('В номере заявления только цифры и дефисы');
  });

  it('is turned over page by page without losing or repeating one', async () => {
    const authorityCode = 'COMMITTEE_LONG';
    const all: string[] = [];
    for (let index = 0; index < 35; index += 1)
      all.push((await app.stored('SENT', { authorityCode, submittedAt: new Date('2027-04-16T10:00:00+03:00') })).registrationNumber);
    const clerk = app.asClerk(authorityCode);
    const first = await clerk.open('/office/queue');
    const next = /href="(\/office\/queue\?after[^"]+)"/.exec(first.html)?.[1];
    const second = await clerk.open(next!.replaceAll('&#x3D;', '='));
    expect(numbersOf(first.text)).toHaveLength(30);
    expect([...numbersOf(first.text), ...numbersOf(second.text)].sort()).toEqual(all.sort());
    expect(second.text).toContain('35 заявлений');
  });

  it('is closed to administrators and to citizens', async () => {
    const admin = app.asClerk();
    app.principals.staff = { ...app.principals.staff!, role: 'ADMIN', authorityCode: null };
    expect((await admin.open('/office/queue')).status).toBe(403);
    const citizen = app.asCitizen('0190a000-0000-7000-8000-0000000000a1');
    expect(await citizen.open('/office/queue')).toMatchObject({ status: 303, location: '/office/sign-in?return=%2Foffice%2Fqueue' });
  });
});
