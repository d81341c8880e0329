import { DOCUMENT_EXAMPLES } from '../../../../test/support/document-examples.js';
import { documentKind } from '../domain/document-kinds.js';
import { InvalidRequisites } from '../domain/personal-document.errors.js';
import { readRequisites } from '../domain/requisite-reading.js';
import { faultSentence } from './requisite-words.js';

/** What is said at a field of the kind when this is typed into it. */
function said(kindCode: string, field: string, typed: string): string {
  const kind = documentKind(kindCode);
  const good = DOCUMENT_EXAMPLES[kindCode]?.good;
  try {
    readRequisites(kind, { ...good, [field]: typed });
  } catch (error) {
    if (error instanceof InvalidRequisites && error.faults[field]) return faultSentence(kind, field, error.faults[field]);
    throw error;
  }
  return 'nothing';
}

describe('the sentence at a field', () => {
  it.each([
    ['RF_PASSPORT', 'series', '', 'Введите серию'],
    ['RF_PASSPORT', 'series', '408', 'Серия: не то число знаков. Нужно: 4 цифры'],
    ['RF_PASSPORT', 'number', '12345б', 'Номер: есть знаки, которых тут не бывает. Нужно: 6 цифр'],
    ['RF_PASSPORT', 'issuedBy', 'ФМ', 'Кем выдан: не то число знаков. Нужно: от 3 до 255 знаков'],
    ['RF_PASSPORT', 'issueDate', '31.02.2020', 'Дата выдачи: такого дня нет в календаре'],
    ['RF_PASSPORT', 'issueDate', 'вчера', 'Дата выдачи: введите день, месяц и год, например 27.03.2026'],
    ['SNILS', 'snils', '11223344596', 'СНИЛС: одна из цифр неверная. Сверьте номер с документом'],
    ['SNILS', 'snils', '00000000000', 'СНИЛС: такого номера не бывает. Сверьте с документом'],
    ['HUNTING_TICKET', 'number', '1', 'Номер: не то число знаков. Нужно: 6 или 7 цифр'],
    ['EMPLOYMENT_BOOK', 'series', 'ББ-V', 'Серия: есть знаки, которых тут не бывает. Нужно: буквы ТК или АТ и римское число, например ТК-V'],
    ['FOREIGN_CITIZEN_PASSPORT', 'series', 'АБ-1', 'Серия: есть знаки, которых тут не бывает. Оставьте буквы и цифры'],
    ['MARRIAGE_CERTIFICATE', 'actNumber', 'А', 'Номер актовой записи: есть знаки, которых тут не бывает. Оставьте цифры, дефис и косую черту'],
  ])('of %s, %s «%s»: %s', (kindCode, field, typed, sentence) => {
    expect(said(kindCode, field, typed).replace(/\u00a0/g, ' ')).toBe(sentence);
  });
});
