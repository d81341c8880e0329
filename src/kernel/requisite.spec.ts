import fc from 'fast-check';
import { Inn } from './inn.js';
import { Phone } from './phone.js';
import {
  maskRequisite,
  normaliseCode,
  normaliseFreeNumber,
  normaliseNumber,
  normaliseText,
  toCyrillic,
  toLatin,
} from './requisite.js';
import { RomanSeries } from './roman-series.js';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' \u00A0\u202F\u200B\uFEFF№-–—.()АAa1１Ⅳßǰΐ\u0301\u0000\n') }),
);

describe.each([
  ['text', normaliseText],
  ['free number', normaliseFreeNumber],
  ['code', normaliseCode],
  ['number', normaliseNumber],
])('normalising a %s', (_name, normalise) => {
  it('twice changes nothing more', () => {
    fc.assert(
      fc.property(anyText, (text) => normalise(normalise(text)) === normalise(text)),
      { numRuns: 2000 },
    );
  });

  it('leaves no invisible characters and no odd spaces', () => {
    fc.assert(
      fc.property(anyText, (text) => !/[\p{Cf}\u00A0\u202F]|^\s|\s$|\s\s/u.test(normalise(text))),
      { numRuns: 1000 },
    );
  });
});

describe('normalising', () => {
  it('removes № before it can become the letters No', () => {
    expect(normaliseNumber('№ 112-233-445 95')).toBe('11223344595');
    expect(normaliseFreeNumber('kz №0001234')).toBe('KZ 0001234');
  });

  it('keeps № in words, where it belongs', () => expect(normaliseText('  ОВД\u00A0 №\u00A07 ')).toBe('ОВД № 7'));

  it('unifies dashes where a hyphen belongs to the value', () => expect(normaliseCode('780–099')).toBe('780-099'));

  it('turns full-width digits into ASCII and leaves Arabic-Indic ones to be refused', () => {
    expect(normaliseNumber('１２')).toBe('12');
    expect(normaliseNumber('١٢')).toBe('١٢');
  });

  it('maps the twelve look-alikes both ways', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'АВЕКМНОРСТУХ0123') }),
        (text) => toCyrillic(toLatin(text)) === text,
      ),
    );
  });

  it('is stable through parsing', () => {
    const stable = (parse: (text: string) => { value: string }, typed: string) =>
      expect(parse(parse(typed).value).value).toBe(parse(typed).value);
    stable((text) => RomanSeries.parse(text), '1у ак');
    stable((text) => Phone.parse(text), '8 (999) 000-00-01');
    stable((text) => Inn.parse(text), '7800 0001 2366');
  });
});

describe('masking', () => {
  it('shows the last three characters', () => expect(maskRequisite('123456')).toBe('•••• 456'));
  it('hides short values whole', () => expect(maskRequisite('45678')).toBe('••••'));
});
