import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseCode, Requisite, toCyrillic } from './requisite.js';

/** A canonical Roman number 1–89 in Latin capitals, a hyphen, two Russian capitals (fact sheet §2.1, §3.10). */
export const ROMAN_SERIES = /^(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})-[А-ЯЁ]{2}$/u;

const TYPED_FOR_ROMAN: Readonly<Record<string, string>> = {
  '1': 'I',
  У: 'V',
  Х: 'X',
  Л: 'L',
  І: 'I',
  П: 'II',
  Ш: 'III',
};

/** Series of certificates of birth and marriage and of the USSR passport: `IV-АК`. */
export class RomanSeries extends Requisite {
  /** Takes the usual habits of typing: `1v ак`, `IVАК`, `ШАК`, Latin letters after the hyphen. Throws InvalidRequisite. */
  static parse(text: string): RomanSeries {
    const typed = normaliseCode(text);
    if (typed === '') throw new InvalidRequisite('roman-series', 'EMPTY');
    const letters = typed.slice(-2);
    const head = typed.slice(0, -2);
    const roman = (head.endsWith('-') ? head.slice(0, -1) : head).replace(
      /[1УХЛІПШ]/g,
      (letter) => TYPED_FOR_ROMAN[letter] ?? letter,
    );
    if (roman === '' || letters.includes('-')) throw new InvalidRequisite('roman-series', 'BAD_LENGTH');
    const value = `${roman}-${toCyrillic(letters)}`;
    if (!/^[IVXL]+-[А-ЯЁ]{2}$/u.test(value)) throw new InvalidRequisite('roman-series', 'BAD_CHARACTERS');
    if (!ROMAN_SERIES.test(value)) throw new InvalidRequisite('roman-series', 'IMPOSSIBLE_VALUE');
    return new RomanSeries(value);
  }
}
