import { InvalidRequisite } from './invalid-requisite.js';

/**
 * A number a citizen copies from a document. Subclasses offer `static parse(text)`, which takes any usual way of typing it
 * and throws {@link InvalidRequisite}. Printing one into a text gives the masked form, so that a log never holds the value.
 */
export abstract class Requisite {
  protected constructor(
    /** Normalised: the form that is stored and compared. */
    readonly value: string,
  ) {}

  /** As printed on the document. */
  get formatted(): string {
    return this.value;
  }

  /** For lists and logs: only the last three characters. */
  get masked(): string {
    return maskRequisite(this.value);
  }

  equals(other: Requisite): boolean {
    return this.value === other.value;
  }

  toString(): string {
    return this.masked;
  }
}

/** `•••• 456`; values shorter than six characters are hidden whole: three of four would tell nearly all. */
export const maskRequisite = (value: string): string => {
  const characters = [...value];
  return characters.length > 5 ? `•••• ${characters.slice(-3).join('')}` : '••••';
};

// Fact sheet §3.0. NFKC would turn `№` into the letters "No", so it never meets it. NFKC is repeated at the end because removing
// characters and upper-casing can leave text that is not normalised, and normalising twice must change nothing.
const INVISIBLE = /\p{Cf}|(?!\s)\p{Cc}/gu;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
const SEPARATORS = /[-.()]/g;

/** Words such as «кем выдан»: compatible characters, single spaces, nothing invisible; case and `№` kept. */
export const normaliseText = (text: string): string => {
  const compatible = text
    .split('№')
    .map((part) => part.normalize('NFKC'))
    .join('№');
  return compatible.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim().normalize('NFC');
};

/** Numbers in free form: as {@link normaliseText}, without `№`, in capitals, with one kind of dash. */
export const normaliseFreeNumber = (text: string): string =>
  normaliseText(text.replaceAll('№', ' ')).toUpperCase().normalize('NFKC').replace(DASHES, '-');

/** Values with a fixed pattern where a hyphen belongs to the value: no white space at all, one kind of dash, capitals. */
export const normaliseCode = (text: string): string =>
  text
    .replaceAll('№', '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/\s/gu, '')
    .toUpperCase()
    .normalize('NFKC')
    .replace(DASHES, '-');

/** Digits-only and fixed-length values: as {@link normaliseCode}, and without dashes, dots and brackets. */
export const normaliseNumber = (text: string): string => normaliseCode(text).replace(SEPARATORS, '').normalize('NFKC');

const CYRILLIC = 'АВЕКМНОРСТУХ';
const LATIN = 'ABEKMHOPCTYX';

/** The twelve letters that look alike in both alphabets, as Cyrillic: plates, licences, registration certificates. */
export const toCyrillic = (text: string): string =>
  text.replace(/[ABEKMHOPCTYX]/g, (letter) => CYRILLIC.charAt(LATIN.indexOf(letter)));

/** The same twelve letters as Latin: КПП, foreign names. */
export const toLatin = (text: string): string =>
  text.replace(/[АВЕКМНОРСТУХ]/g, (letter) => LATIN.charAt(CYRILLIC.indexOf(letter)));

/** Refuses what is empty, not as long as it must be, or does not match; in that order. Returns the value. */
export function requireShape(requisite: string, value: string, lengths: readonly number[], pattern: RegExp): string {
  if (value === '') throw new InvalidRequisite(requisite, 'EMPTY');
  if (!lengths.includes([...value].length)) throw new InvalidRequisite(requisite, 'BAD_LENGTH');
  if (!pattern.test(value)) throw new InvalidRequisite(requisite, 'BAD_CHARACTERS');
  return value;
}

/** Sum of the digits of `digits`, each times its weight; the shorter of the two decides how many. */
export const weightedSum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0);
