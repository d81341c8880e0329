import { randomUUID } from 'node:crypto';
import { COMPLAINT_PAGES, type DraftsApp, draftsApp, MARIA, SCHOOL_PAGES } from '../../../../../test/support/filling-drafts.js';
import { type PortalVisitor, type Visit } from '../../../../../test/support/portal-visitor.js';

/** Nested answers as names and values of a posted form. */
const posted = (value: unknown, name = 'answers'): Record<string, string> =>
  typeof value === 'string'
    ? { [name]: value }
    : Object.fromEntries(Object.entries(value as object).flatMap(([part, inner]) => Object.entries(posted(inner, `${name}[${part}]`))));

const hidden = (visit: Visit, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(visit.html)?.[1] ?? '';

describe('Filling an application in the browser', () => {
  let app: DraftsApp;
  let browser: PortalVisitor;
  let maria: string;

  beforeAll(async () => {
    app = await draftsApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    maria = randomUUID();
    app.neighbours.applicant = MARIA;
    browser = app.asCitizen(maria);
  });

  const start = async (service: string): Promise<string> => {
    await browser.open(`/services/${service}`);
    const { location } = await browser.send(`/services/${service}/draft`);
    return location!;
  };
  const submitPage = async (draft: string, step: string, answers: object, more: Record<string, string> = {}): Promise<Visit> => {
    const shown = await browser.open(`${draft}/steps/${step}`);
    return browser.send(`${draft}/steps/${step}`, { version: hidden(shown, 'version'), seenAt: hidden(shown, 'seenAt'), intent: 'continue', ...posted(answers), ...more });
  };
  const fillAll = async (draft: string, pages: Readonly<Record<string, object>>): Promise<void> => {
    for (const [step, answers] of Object.entries(pages)) expect(await submitPage(draft, step, answers)).toMatchObject({ status: 303 });
  };
  const send = async (draft: string): Promise<Visit> => {
    const check = await browser.open(`${draft}/check`);
    return browser.send(`${draft}/submit`, { version: hidden(check, 'version'), idempotencyKey: hidden(check, 'idempotencyKey') });
  };

  it('leads from the service through every page to a number', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    const first = await browser.open(`${draft}/steps/APPLICANT`);
    expect(first.text).toContain('Невская Мария Петровна');
    expect(first.html).toContain('value="+7 921 000-00-06"');

    await fillAll(draft, SCHOOL_PAGES);
    expect((await browser.open(`${draft}/check`)).text).toContain('Приложите файл: «Скан-образ свидетельства о рождении»');
    const uploaded = await browser.sendFiles(`${draft}/files/birthCertificateScan`, {}, [
      { field: 'answers[birthCertificateScan]', name: 'Свидетельство.pdf', content: new Uint8Array([1, 2, 3]) },
    ]);
    expect(uploaded).toMatchObject({ status: 303, location: `${draft}/steps/FILES` });

    const check = await browser.open(`${draft}/check`);
    for (const words of ['Невский Пётр, 15.01.2020', 'Лицей № 925 (пример)', 'Невский район', '15 января 2020', 'Свидетельство.pdf', 'Приём на свободные места']) {
      expect(check.text).toContain(words);
    }
    const sent = await send(draft);
    expect(sent.location).toMatch(/^\/applications\/[\da-f-]{36}$/);
    const application = await browser.open(sent.location!);
    expect(application.text).toMatch(/78-2026-\d{8}/);
    expect(application.text).toContain('Лицей № 925 (пример)');
    expect((await browser.open('/applications/drafts')).text).toContain('У вас пока нет черновиков');
  });

  it('shows what is wrong at the field and in the summary, and keeps everything typed', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    const refused = await submitPage(draft, 'TEXT', { text: 'Мало слов', demand: '' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#answers.text"');
    expect(refused.html).toContain('id="answers.text"');
    expect(refused.text).toContain('«Что произошло»: напишите подробнее, не меньше 50 знаков');
    expect(refused.text).toContain('Заполните поле «Чего вы просите»');
    expect(refused.html).toContain('Мало слов');
    expect((await browser.open(`${draft}/steps/TEXT`)).html).toContain('Мало слов');
  });

  it('asks only what follows from earlier answers', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    expect((await submitPage(draft, 'ANSWER', { answerChannel: 'CABINET' })).location).toBe(`${draft}/steps/FILES`);
    expect((await submitPage(draft, 'ANSWER', { answerChannel: 'POST' })).location).toBe(`${draft}/steps/POST_ADDRESS`);
    expect((await submitPage(draft, 'ANSWER', { answerChannel: 'CABINET' })).status).toBe(303);
    expect((await browser.open(`${draft}/steps/POST_ADDRESS`)).status).toBe(404);
  });

  it('offers the schools of the chosen district only', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    await submitPage(draft, 'ADDRESS', SCHOOL_PAGES['ADDRESS']!);
    const school = await browser.open(`${draft}/steps/SCHOOL`);
    expect(school.text).toContain('Лицей № 925 (пример)');
    expect(school.text).not.toContain('Школа № 901 (пример)');
    expect((await submitPage(draft, 'SCHOOL', { ...SCHOOL_PAGES['SCHOOL'], school: 'SCHOOL_901' })).text).toContain('«Школа»: выберите ответ из списка');
  });

  it('fills the certificate of the child that was chosen', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    await submitPage(draft, 'CHILD', { child: 'child-anna' });
    const details = await browser.open(`${draft}/steps/CHILD_DETAILS`);
    expect(details.html).toContain('value="000124"');
    expect(details.html).toContain('value="900-000-001 82"');
    expect(details.text).toContain('На 1 сентября ребёнку должно быть от 6 лет 6 месяцев до 8 лет');
    await submitPage(draft, 'CHILD', { child: 'child-peter' });
    expect((await browser.open(`${draft}/steps/CHILD_DETAILS`)).html).toContain('value="000123"');
  });

  it('refuses a value for a question that the page does not ask', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    expect((await submitPage(draft, 'ANSWER', { answerChannel: 'CABINET', applicantName: 'Другой' })).status).toBe(422);
    expect((await browser.open(`${draft}/steps/APPLICANT`)).text).toContain('Невская Мария Петровна');
  });

  it('saves as typed with «Сохранить черновик», right or wrong', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    expect(await submitPage(draft, 'TEXT', { text: 'Начало', demand: '' }, { intent: 'save' })).toMatchObject({ status: 303, location: `${draft}/steps/TEXT` });
    expect((await browser.open(`${draft}/steps/TEXT`)).text).toContain('Черновик сохранён');
    expect((await browser.open('/applications/drafts')).text).toContain('Досудебное обжалование');
  });

  it('overwrites nothing from a stale tab, shows both times and keeps the typed as a copy', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    const stale = await browser.open(`${draft}/steps/TEXT`);
    await submitPage(draft, 'TEXT', { text: 'Из первого окна', demand: '' }, { intent: 'save' });
    const conflict = await browser.send(`${draft}/steps/TEXT`, {
      version: hidden(stale, 'version'),
      seenAt: hidden(stale, 'seenAt'),
      ...posted({ text: 'Из второго окна', demand: '' }),
    });
    expect(conflict.status).toBe(412);
    expect(conflict.text).toMatch(/Вы заполняли версию, сохранённую .* Сейчас сохранена другая: /);
    expect((await browser.open(`${draft}/steps/TEXT`)).html).toContain('Из первого окна');

    const copy = await browser.send(`${draft}/copy`, { step: 'TEXT', ...posted({ text: 'Из второго окна', demand: '' }) });
    expect(copy.location).not.toContain(draft);
    expect((await browser.open(copy.location!)).html).toContain('Из второго окна');
  });

  it('takes files from the cabinet and removes them again', async () => {
    const scan = app.neighbours.addFile('Скан из кабинета.pdf');
    const draft = await start('SCHOOL_FIRST_GRADE');
    const picker = await browser.open(`${draft}/files/birthCertificateScan/cabinet`);
    expect(picker.text).toContain('Скан из кабинета.pdf');
    expect((await browser.send(`${draft}/files/birthCertificateScan/cabinet`)).status).toBe(422);
    expect((await browser.send(`${draft}/files/birthCertificateScan/cabinet`, { files: scan.fileId })).status).toBe(303);
    expect((await browser.open(`${draft}/steps/FILES`)).text).toContain('Скан из кабинета.pdf');
    await browser.send(`${draft}/files/birthCertificateScan/${scan.fileId}/remove`);
    expect((await browser.open(`${draft}/steps/FILES`)).text).not.toContain('Скан из кабинета.pdf');
  });

  it('takes files that a script has uploaded, by their ids, beside fresh ones', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    await browser.open(`${draft}/steps/FILES`);
    const { fileId } = app.neighbours.addFile('Уже загружен.jpg');
    const taken = await browser.sendFiles(`${draft}/files/birthCertificateScan`, { fileIds: fileId }, [{ field: 'f', name: 'Свежий.pdf', content: new Uint8Array(10) }]);
    expect(taken).toMatchObject({ status: 303, location: `${draft}/steps/FILES` });
    const { text, html } = await browser.open(`${draft}/steps/FILES`);
    expect(text).toContain('Уже загружен.jpg');
    expect(text).toContain('Свежий.pdf');
    expect(html).toContain(`href="/files/${fileId}/preview"`);
  });

  it('takes no id of a file that is not the citizen’s own', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    await browser.open(`${draft}/steps/FILES`);
    const refused = await browser.sendFiles(`${draft}/files/birthCertificateScan`, { fileIds: randomUUID() }, []);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Этот файл приложить нельзя');
    expect(refused.html).not.toContain('/remove"');
  });

  it('says which file is refused and why', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    await browser.open(`${draft}/steps/FILES`);
    const refused = await browser.sendFiles(`${draft}/files/birthCertificateScan`, {}, [
      { field: 'f', name: 'Большой.pdf', content: new Uint8Array(3 * 1024 * 1024 + 1) },
    ]);
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('«Большой.pdf»: Файл больше 3 МБ');
    const exact = await browser.sendFiles(`${draft}/files/birthCertificateScan`, {}, [
      { field: 'f', name: 'Ровно.pdf', content: new Uint8Array(3 * 1024 * 1024) },
    ]);
    expect(exact.status).toBe(303);
  });

  it('warns a citizen below the level at once and refuses the sending', async () => {
    browser = app.asCitizen(maria, 'STANDARD');
    const draft = await start('PRE_TRIAL_COMPLAINT');
    expect((await browser.open(`${draft}/steps/TARGET`)).text).toContain('Отправить это заявление пока не получится');
    await fillAll(draft, COMPLAINT_PAGES);
    const refused = await send(draft);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Нужна подтверждённая учётная запись');
  });

  it('begins the renewal of a document with the document chosen, and is sent by a standard account', async () => {
    browser = app.asCitizen(maria, 'STANDARD');
    await browser.open('/services/MFC_APPOINTMENT');
    const { location } = await browser.send('/services/MFC_APPOINTMENT/draft', { 'answers[service]': 'DRIVING_LICENCE' });
    expect((await browser.open(location!)).location).toBe(`${location}/steps/PLACE_AND_TIME`);
    expect((await browser.open(`${location}/steps/SERVICE`)).html).toMatch(/value="DRIVING_LICENCE" checked/);

    const late = { mfc: 'MFC_NEV_01', day: '07.12.2026', time: '11-13' };
    const refused = await submitPage(location!, 'PLACE_AND_TIME', late);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('«День приёма»: выберите один из ближайших дней, не позже чем через 14 дней');
    await fillAll(location!, { PLACE_AND_TIME: { ...late, day: '06.12.2026' }, APPLICANT: { phone: '+7 921 000-00-06' }, CONSENT: { consent: 'true' } });
    const sent = await browser.open((await send(location!)).location!);
    for (const words of ['Замена водительского удостоверения', 'МФЦ Невского района (пример)', '6 декабря 2026 г.', '11:00–13:00', 'СПб ГКУ «МФЦ»']) expect(sent.text).toContain(words);
  });

  it('begins with no answer to a question that people are not asked', async () => {
    await browser.open('/services/MFC_APPOINTMENT');
    for (const name of ['applicantName', 'nothing']) expect((await browser.send('/services/MFC_APPOINTMENT/draft', { [`answers[${name}]`]: 'x' })).status).toBe(422);
    expect((await browser.open('/applications/drafts')).text).toContain('У вас пока нет черновиков');
  });

  it('gives the number to whoever opens a draft that was sent', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    await fillAll(draft, COMPLAINT_PAGES);
    const { location } = await send(draft);
    const again = await browser.open(`${draft}/check`);
    expect(again.status).toBe(409);
    expect(again.text).toMatch(/регистрационный номер 78-2026-\d{8}/);
    expect(again.html).toContain(`href="${location}"`);
  });

  it('holds its files however long it waits, and lets go of them when it is deleted', async () => {
    const draft = await start('SCHOOL_FIRST_GRADE');
    await browser.open(`${draft}/steps/FILES`);
    await browser.sendFiles(`${draft}/files/birthCertificateScan`, {}, [{ field: 'f', name: 'Скан.pdf', content: new Uint8Array(10) }]);
    const holder = `draft:${draft.split('/').at(-1)}`;
    expect(app.neighbours.held.get(holder)).toHaveLength(1);
    await browser.open(`${draft}/delete`);
    await browser.send(`${draft}/delete`);
    expect(app.neighbours.held.has(holder)).toBe(false);
  });

  it('asks before it deletes and then forgets the draft', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    expect((await browser.open(`${draft}/delete`)).text).toContain('вернуть их будет нельзя');
    expect((await browser.send(`${draft}/delete`)).location).toBe('/applications/drafts');
    expect((await browser.open(draft)).status).toBe(404);
  });

  it('answers 404 to someone else, whatever they try', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    const stranger = app.asCitizen(randomUUID());
    await stranger.open('/services');
    for (const path of ['', '/steps/TEXT', '/check', '/delete', '/files/evidence/cabinet']) expect((await stranger.open(draft + path)).status).toBe(404);
    for (const path of ['/steps/TEXT', '/copy', '/submit', '/delete', '/files/evidence/cabinet']) {
      const fields = { version: '1', step: 'TEXT', idempotencyKey: randomUUID(), files: randomUUID() };
      expect({ path, status: (await stranger.send(draft + path, fields)).status }).toEqual({ path, status: 404 });
    }
  });

  it('saves by itself for the script of the page and reports a conflict to it', async () => {
    const draft = await start('PRE_TRIAL_COMPLAINT');
    const shown = await browser.open(`${draft}/steps/TEXT`);
    expect(shown.html).toContain(`data-autosave="${draft}/steps/TEXT/autosave"`);
    const typed = (text: string) => ({ version: hidden(shown, 'version'), ...posted({ text, demand: '' }) });
    const saved = await browser.send(`${draft}/steps/TEXT/autosave`, typed('Само'));
    expect(saved.status).toBe(200);
    expect(JSON.parse(saved.html)).toEqual({ version: Number(hidden(shown, 'version')) + 1, savedAt: app.clock.now().toISOString() });
    expect((await browser.send(`${draft}/steps/TEXT/autosave`, typed('Из старого окна'))).status).toBe(409);
    expect((await browser.open(`${draft}/steps/TEXT`)).html).toContain('Само');
  });
});

describe('The catalogue', () => {
  let app: DraftsApp;
  beforeAll(async () => {
    app = await draftsApp();
  });
  afterAll(() => app?.close());

  it('is open to everybody, with the way in', async () => {
    const home = await app.asStranger().open('/');
    expect(home.status).toBe(200);
    expect(home.text).toContain('Войти через Госуслуги');
    expect(home.text).toContain('Запись в первый класс');
    expect((await app.asStranger().open('/services/SCHOOL_FIRST_GRADE')).text).toContain('Войти через Госуслуги и заполнить');
  });

  it.each([
    ['школе', 'Запись в первый класс'],
    ['парковки', 'Парковочное разрешение многодетной семьи'],
    ['жалабу', 'Досудебное обжалование'],
  ])('finds by «%s»', async (words, title) => {
    const { text } = await app.asStranger().open(`/services?q=${encodeURIComponent(words)}`);
    expect(text).toContain(title);
    expect(text).toContain('Нашлось: 1 услуга');
  });

  it('says so when nothing is found', async () => {
    expect((await app.asStranger().open('/services?q=%D1%8B%D1%8B%D1%8B')).text).toContain('Ничего не нашлось');
  });

  it('does not know other services', async () => {
    expect((await app.asStranger().open('/services/NOTHING')).status).toBe(404);
  });
});
