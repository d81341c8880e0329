import fc from 'fast-check';
import { readCatalogue } from '../infrastructure/publish-catalogue.js';
import { type Answer } from './answers.js';
import { NOTHING_KNOWN } from './applicant-facts.js';
import { choicesOf, type FaultCode, readAnswer, type Surroundings } from './field-reading.js';
import { type Field, FIELD_TYPES, type FieldType } from './form-definition.js';

const around: Surroundings = {
  today: '2026-11-22',
  facts: {
    ...NOTHING_KNOWN,
    children: [
      { value: 'peter', label: 'Пётр', facts: {} },
      { value: 'anna', label: 'Анна', facts: {} },
    ],
    vehicles: [{ value: 'vesta', label: 'LADA Vesta' }],
  },
  directories: readCatalogue().directories,
  filesAtHand: new Set(['file-1', 'file-2']),
};
const CERTIFICATE = { kind: 'RF_BIRTH_CERTIFICATE', series: 'iv ак', number: '000123', issueDate: '01.02.2020', issuedBy: 'Отдел ЗАГС' };
const file = (fileId: string, extension = 'pdf') => ({ fileId, name: `${fileId}.${extension}`, extension, mediaType: 'x', bytes: 1, sha256: '' });

const read = (type: FieldType, answer: Answer | undefined, more: Partial<Field> = {}, scope = {}) =>
  readAnswer(answer, { name: 'field', label: 'Поле', type, ...more }, around, scope);
const faultOf = (...of: Parameters<typeof read>): FaultCode | null => {
  const reading = read(...of);
  return reading && 'fault' in reading ? reading.fault.code : null;
};

describe('An answer', () => {
  it.each<[FieldType, Answer, unknown, string, Partial<Field>?]>([
    ['string', '  Школа   № 1 ', 'Школа № 1', 'Школа № 1'],
    ['text', ' Первая\r\nВторая ', 'Первая\nВторая', 'Первая\nВторая'],
    ['integer', '1 200', 1200, '1200'],
    ['date', '5.3.2020', '2020-03-05', '5 марта 2020 г.'],
    ['date', '2020-03-05', '2020-03-05', '5 марта 2020 г.'],
    ['date', '06.12.2026', '2026-12-06', '6 декабря 2026 г.', { notBefore: 'today', daysAhead: 14 }],
    ['boolean', 'false', false, 'Нет'],
    ['consent', 'true', true, 'Да'],
    ['enum', 'NEVSKY', 'NEVSKY', 'Невский район', { optionsFrom: 'districts' }],
    ['phone', '8 (921) 000-00-06', '+79210000006', '+7 921 000-00-06'],
    ['email', 'name@example.ru', 'name@example.ru', 'name@example.ru'],
    ['snils', '112-233-445 95', '11223344595', '112-233-445 95'],
    ['childRef', 'anna', 'anna', 'Анна'],
    ['childRef', ['anna', 'peter'], ['peter', 'anna'], 'Пётр; Анна', { multiple: true, min: 2 }],
    ['vehicleRef', 'vesta', 'vesta', 'LADA Vesta'],
    ['fileList', [file('file-1')], ['file-1'], 'file-1.pdf'],
  ])('to a question of type %s is read: %j', (type, answer, value, text, more = {}) => {
    expect(read(type, answer, more)).toEqual({ value, text });
  });

  it('of an address holds the district where the form asks for it', () => {
    const home = { line: 'Санкт-Петербург, Примерный пр., д. 1', district: 'NEVSKY' };
    expect(read('address', home, { optionsFrom: 'districts' })).toEqual({ value: home, text: `${home.line} (Невский район)` });
    expect(read('address', home)).toEqual({ value: { line: home.line }, text: home.line });
  });

  it('of a document is put in order', () => {
    expect(read('documentRef', CERTIFICATE, { kinds: ['RF_BIRTH_CERTIFICATE'] })).toEqual({
      value: { kind: 'RF_BIRTH_CERTIFICATE', series: 'IV-АК', number: '000123', issueDate: '2020-02-01', issuedBy: 'Отдел ЗАГС' },
      text: 'Свидетельство о рождении, IV-АК 000123, 1 февраля 2020 г., Отдел ЗАГС',
    });
  });

  it('that is computed looks at the answers before it', () => {
    expect(read('computed', undefined, { expression: { yearOf: '$day' } }, { day: '2026-09-06' })).toEqual({ value: 2026, text: '2026' });
    expect(read('computed', 'forged', { expression: '$day' })).toBeNull();
  });

  it.each<[FaultCode, FieldType, Answer, Partial<Field>?]>([
    ['too-short', 'text', 'Мало', { minLength: 5 }],
    ['too-long', 'string', 'Много', { maxLength: 4 }],
    ['not-a-number', 'integer', '1,5'],
    ['too-small', 'integer', '1', { min: 2 }],
    ['too-big', 'integer', '3', { max: 2 }],
    ['not-a-date', 'date', '31.02.2020'],
    ['date-passed', 'date', '21.11.2026', { notBefore: 'today' }],
    ['date-ahead', 'date', '23.11.2026', { notAfter: 'today' }],
    ['date-too-far', 'date', '07.12.2026', { daysAhead: 14 }],
    ['not-an-option', 'enum', 'MARS', { optionsFrom: 'districts' }],
    ['not-an-option', 'boolean', 'yes'],
    ['not-yours', 'childRef', 'stranger'],
    ['too-few', 'childRef', ['peter'], { multiple: true, min: 2 }],
    ['too-many', 'childRef', ['peter', 'anna'], { multiple: true, max: 1 }],
    ['not-an-email', 'email', 'name@example'],
    ['phone-bad-length', 'phone', '123'],
    ['snils-empty', 'snils', '---'],
    ['snils-bad-check-digit', 'snils', '112-233-445 96'],
    ['address-short', 'address', { line: 'Дом' }],
    ['address-district', 'address', { line: 'Санкт-Петербург, д. 1', district: 'MARS' }, { optionsFrom: 'districts' }],
    ['document-kind', 'documentRef', CERTIFICATE, { kinds: ['BIRTH_CERT_FOREIGN_CITIZEN'] }],
    ['document-series', 'documentRef', { ...CERTIFICATE, series: '4008' }, { kinds: ['RF_BIRTH_CERTIFICATE'] }],
    ['document-number', 'documentRef', { ...CERTIFICATE, number: '12' }, { kinds: ['RF_BIRTH_CERTIFICATE'] }],
    ['document-date', 'documentRef', { ...CERTIFICATE, issueDate: '23.11.2026' }, { kinds: ['RF_BIRTH_CERTIFICATE'] }],
    ['document-issuer', 'documentRef', { ...CERTIFICATE, issuedBy: '' }, { kinds: ['RF_BIRTH_CERTIFICATE'] }],
    ['file-gone', 'fileList', [file('lost')]],
    ['file-kind', 'fileList', [file('file-1', 'doc')], { extensions: ['pdf'] }],
    ['too-few-files', 'fileList', [file('file-1')], { min: 2 }],
    ['too-many-files', 'fileList', [file('file-1'), file('file-2')], { max: 1 }],
  ])('is refused as %s: %s %j', (code, type, answer, more = {}) => {
    expect(faultOf(type, answer, more)).toBe(code);
  });

  it('that is empty is no answer, and an unticked consent neither', () => {
    for (const type of FIELD_TYPES) expect(read(type, type === 'address' || type === 'documentRef' ? {} : '')).toBeNull();
    expect(read('consent', 'false')).toBeNull();
  });

  it('of any shape is read or refused, never thrown at', () => {
    const answers = fc.oneof(fc.string(), fc.array(fc.string()), fc.dictionary(fc.string(), fc.string())) as fc.Arbitrary<Answer>;
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), answers, (type, answer) => {
        const reading = read(type, answer, { kinds: ['RF_BIRTH_CERTIFICATE'], optionsFrom: 'districts' });
        return reading === null || 'fault' in reading || typeof reading.text === 'string';
      }),
    );
  });

  it('that was read once is read the same again', () => {
    const texts = fc.oneof(fc.string(), fc.constantFrom('8 921 000 00 06', '5.3.2020', '112-233-445 95'));
    const types = fc.constantFrom<FieldType>('string', 'text', 'integer', 'date', 'phone', 'email', 'snils');
    fc.assert(
      fc.property(types, texts, (type, typed) => {
        const once = read(type, typed);
        if (!once || 'fault' in once) return true;
        const again = read(type, `${once.value as string | number}`);
        return again !== null && 'value' in again && again.value === once.value;
      }),
    );
  });
});

describe('Schools', () => {
  it('are those of the district', () => {
    const field: Field = { name: 'school', label: 'Школа', type: 'schoolRef', filterBy: '$district' };
    expect(choicesOf(field, around, { district: 'NEVSKY' }).map(({ value }) => value)).toEqual(['SCHOOL_923', 'SCHOOL_924', 'SCHOOL_925']);
    expect(choicesOf(field, around, {})).toEqual([]);
  });
});
