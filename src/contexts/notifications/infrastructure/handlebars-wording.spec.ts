import { DOCUMENT_KINDS } from '../../documents/domain/document-kinds.js';
import { type Facts } from '../application/ports/wording.js';
import { type Topic, TOPICS } from '../domain/topics.js';
import { HandlebarsWording } from './handlebars-wording.js';

const wording = new HandlebarsWording('https://lk.example.ru');
const topics = Object.keys(TOPICS) as Topic[];

/** As long as they get: §9.3 measures its texts with these. */
const LONG_FACTS: Facts = {
  amountKopecks: 5_000_000,
  discountedKopecks: 2_500_000,
  discountUntil: '2026-03-22',
  registrationNumber: '78-2026-00000017',
  respondBy: '2026-03-22',
  kindCode: 'RF_PASSPORT',
  expiresOn: '2026-09-22',
  signedInAt: '2026-11-22T09:00:00.000Z',
};

describe('words of notifications', () => {
  it.each(topics)('%s fits one SMS part where it goes by SMS', (topic) => {
    const goesOut = TOPICS[topic].reach === 'BY_PREFERENCES' || TOPICS[topic].reach === 'OWN_DEED';
    const { short } = wording.announcement(topic, LONG_FACTS);
    expect(goesOut ? short.length : 1).toBeLessThanOrEqual(70);
    expect(short.length).toBeGreaterThan(0);
  });

  it.each(topics)('%s has a subject of at most 78 characters and no gap left open', (topic) => {
    const { title, text } = wording.announcement(topic, LONG_FACTS);
    expect(title.length).toBeLessThanOrEqual(78);
    expect(`${title} ${text}`).not.toMatch(/[{}]|undefined|null|NaN/);
  });

  it.each([
    ['fine-found-with-discount', 'Новый штраф ГИБДД 50000 р. Скидка до 22.03.2026. Личный кабинет'],
    ['application-ACCEPTED', 'Заявление 78-2026-00000017: Принято ведомством. Подробно в ЛК'],
    ['application-AWAITING_INFO', 'Заявление 78-2026-00000017: нужны сведения до 22.03. См. ЛК'],
    ['application-DELIVERY_ERROR', 'Заявление 78-2026-00000017: ошибка отправки. Отправьте ещё раз'],
  ] as const)('writes %s as the fact sheet does', (topic, text) => {
    expect(wording.announcement(topic, LONG_FACTS).short).toBe(text);
  });

  it('writes of a document that ends as the fact sheet does', () => {
    const facts = { kindCode: 'RF_FOREIGN_PASSPORT', expiresOn: '2026-03-22' };
    expect(wording.announcement('document-expires', facts).short).toBe(
      'Заграничный паспорт действует до 22.03.2026. Подробно в ЛК',
    );
  });

  it.each(DOCUMENT_KINDS.filter(({ expiry }) => expiry !== 'NONE').map(({ code }) => code))(
    'names %s when it ends, in one SMS part and one subject',
    (kindCode) => {
      for (const topic of ['document-expires', 'document-expires-today'] as const) {
        const { title, short } = wording.announcement(topic, { kindCode, expiresOn: '2026-09-22' });
        expect(short.length).toBeLessThanOrEqual(70);
        expect(title.length).toBeLessThanOrEqual(78);
        expect(title).not.toMatch(/^Документ/);
        expect(/^(.+?)(?: действует|: последний)/.exec(short)?.[1]?.length).toBeLessThanOrEqual(20);
      }
    },
  );

  it('does without a last day to answer', () => {
    const { short, text } = wording.announcement('application-AWAITING_INFO', { ...LONG_FACTS, respondBy: null });
    expect(short).toBe('Заявление 78-2026-00000017: нужны сведения. См. ЛК');
    expect(text).toBe('Ведомство ждёт от вас дополнительных сведений по заявлению 78-2026-00000017.');
  });

  it('writes kopecks in a text message only where there are any', () => {
    const fine = (amountKopecks: number) => wording.announcement('fine-found', { amountKopecks }).short;
    expect(fine(75_000)).toContain('ГИБДД 750 р.');
    expect(fine(75_050)).toContain('ГИБДД 750,50 р.');
  });

  it('never names an amount together with a person, nor links with a token, outside the portal', () => {
    for (const topic of topics) expect(wording.announcement(topic, LONG_FACTS).short).not.toMatch(/https?:|\w+\.ru/);
  });

  it('greets by name where the name is known', () => {
    const letter = (firstName: string | null, middleName: string | null) =>
      wording.letter({ title: 'Т', text: 'Текст', firstName, middleName }).text;
    expect(letter('Мария', 'Петровна')).toMatch(/^Здравствуйте, Мария Петровна!/);
    expect(letter('Ольга', null)).toMatch(/^Здравствуйте, Ольга!/);
    expect(letter(null, null)).toMatch(/^Здравствуйте!/);
  });

  it('escapes every value in the HTML of a letter and leaves the plain text as it is', () => {
    const { html, text } = wording.letter({ title: '<b>', text: '"<script>"', firstName: '<i>', middleName: null });
    expect(html).not.toMatch(/<b>|<script>|<i>/);
    expect(text).toContain('"<script>"');
  });

  it('leads to the cabinet and to the settings', () => {
    const { html, text } = wording.letter({ title: 'Т', text: 'Текст', firstName: null, middleName: null });
    for (const body of [html, text]) {
      expect(body).toContain('https://lk.example.ru/settings');
      expect(body).toContain('https://lk.example.ru/');
    }
  });
});
