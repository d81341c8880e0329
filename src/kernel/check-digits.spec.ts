import fc from 'fast-check';
import { BankAccount, Bik } from './bank-account.js';
import { Enp } from './enp.js';
import { Inn } from './inn.js';
import { faultOf } from './invalid-requisite.js';
import { passesLuhn } from './luhn.js';
import { Ogrn, Ogrnip } from './ogrn.js';
import { Snils } from './snils.js';
import { Uin } from './uin.js';

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

/** The body completed with the first ending that `accepts` takes: found by trying, so the specs share no arithmetic with the code. */
const completed = (body: string, endingLength: number, accepts: (text: string) => unknown): string => {
  for (let ending = 0; ending < 10 ** endingLength; ending += 1) {
    const candidate = body + String(ending).padStart(endingLength, '0');
    if (faultOf(() => accepts(candidate)) === null) return candidate;
  }
  throw new Error(`Nothing completes ${body}`);
};

const withDigit = (text: string, position: number, shift: number): string =>
  text.slice(0, position) + String((Number(text.charAt(position)) + shift) % 10) + text.slice(position + 1);

const position = fc.nat();
const shift = fc.integer({ min: 1, max: 9 });
const weighted = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(text.charAt(index)), 0);

describe('a single wrong digit', () => {
  it('of an ЕНП is always caught', () => {
    fc.assert(
      fc.property(digits(15), position, shift, (body, at, by) => {
        const enp = completed(body.replace(/^0/, '7'), 1, (text) => Enp.parse(text));
        expect(faultOf(() => Enp.parse(withDigit(enp, at % 16, by)))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('of a bank account is always caught', () => {
    const bik = Bik.parse('044030653');
    fc.assert(
      fc.property(digits(17), position, shift, (tail, at, by) => {
        const account = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
          .map((key) => `40817810${key}${tail.slice(0, 11)}`)
          .find((candidate) => faultOf(() => BankAccount.parse(candidate, bik)) === null);
        const wrong = withDigit(account ?? '', 2 + (at % 18), by);
        fc.pre(!wrong.startsWith('40102'));
        expect(faultOf(() => BankAccount.parse(wrong, bik))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('in the control number of a СНИЛС is always caught, in its body unless the sum reads 00', () => {
    fc.assert(
      fc.property(digits(8), position, shift, (body, at, by) => {
        const snils = completed(`1${body}`, 2, (text) => Snils.parse(text));
        const index = 1 + (at % 10);
        fc.pre(index >= 9 || !snils.endsWith('00'));
        expect(faultOf(() => Snils.parse(withDigit(snils, index, by)))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('of an ИНН of an organisation is caught unless remainders 10 and 0 read the same', () => {
    fc.assert(
      fc.property(digits(8), position, shift, (body, at, by) => {
        const inn = completed(`7${body}`, 1, (text) => Inn.parse(text));
        const index = 1 + (at % 9);
        fc.pre(index === 9 || !inn.endsWith('0'));
        expect(faultOf(() => Inn.parse(withDigit(inn, index, by)))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('of an ИНН of a person is caught unless one of its check digits is 0', () => {
    fc.assert(
      fc.property(digits(9), position, shift, (body, at, by) => {
        const inn = completed(`7${body}`, 2, (text) => Inn.parse(text));
        const index = 1 + (at % 11);
        fc.pre(index >= 10 || !inn.slice(10).includes('0'));
        expect(faultOf(() => Inn.parse(withDigit(inn, index, by)))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('of an ОГРН is caught unless the check digit is 0', () => {
    fc.assert(
      fc.property(digits(11), position, shift, (body, at, by) => {
        const ogrn = completed(`1${body}`, 1, (text) => Ogrn.parse(text));
        const index = 1 + (at % 12);
        fc.pre(index === 12 || !ogrn.endsWith('0'));
        expect(faultOf(() => Ogrn.parse(withDigit(ogrn, index, by)))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('of an ОГРНИП is caught unless the check digit is 0, 1 or 2', () => {
    fc.assert(
      fc.property(digits(13), position, shift, (body, at, by) => {
        const ogrnip = completed(`3${body}`, 1, (text) => Ogrnip.parse(text));
        const index = 1 + (at % 14);
        fc.pre(index === 14 || !/[012]$/.test(ogrnip));
        expect(faultOf(() => Ogrnip.parse(withDigit(ogrnip, index, by)))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('of a УИН is caught unless the second pass is needed', () => {
    const firstPass = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    fc.assert(
      fc.property(digits(18), position, shift, (body, at, by) => {
        const uin = completed(`1${body}`, 1, (text) => Uin.parse(text));
        const wrong = withDigit(uin, at % 20, by);
        fc.pre(weighted(uin, firstPass) % 11 !== 10 && weighted(wrong, firstPass) % 11 !== 10);
        expect(faultOf(() => Uin.parse(wrong))).toBe('BAD_CHECK_DIGIT');
      }),
    );
  });

  it('is what Luhn always notices', () => {
    fc.assert(
      fc.property(digits(16), position, shift, (card, at, by) => {
        fc.pre(passesLuhn(card));
        expect(passesLuhn(withDigit(card, at % 16, by))).toBe(false);
      }),
    );
  });
});
