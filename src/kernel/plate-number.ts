import { InvalidRequisite } from './invalid-requisite.js';
import { normaliseNumber, Requisite, toCyrillic, toLatin } from './requisite.js';

/**
 * Shapes of registration plates by the type of ГОСТ Р 50577 (fact sheet §3.13): `Б` a letter, `9` a digit, `Т` itself.
 * Military types end in a code of two digits, the others in a region of two or three.
 */
const SHAPES = {
  '1': 'Б999ББ',
  '1А': 'Б999ББ',
  '1Б': 'ББ999',
  '2': 'ББ9999',
  '3': '9999ББ',
  '4': '9999ББ',
  '4А': '9999ББ',
  '4Б': 'ББ99ББ',
  '5': '9999ББ',
  '6': 'ББ9999',
  '7': '9999ББ',
  '8': '9999ББ',
  '9': '999CD',
  '10': '999D',
  '15': 'ББ999Б',
  '19': 'ТББ999',
  '20': 'Б9999',
  '21': '999Б',
  '22': '9999Б',
} as const;

/** Chosen by the person, never guessed: `АВ123478` is a trailer of region 78 and could be a taxi of region 478. */
export type PlateType = keyof typeof SHAPES;
export const PLATE_TYPES = Object.keys(SHAPES) as readonly PlateType[];

const MILITARY: readonly PlateType[] = ['5', '6', '7', '8'];
const DIPLOMATIC: readonly PlateType[] = ['9', '10'];

/** ГРЗ, a registration plate: capitals without spaces, Cyrillic but for the diplomatic `CD`, `D` and `T`. */
export class PlateNumber extends Requisite {
  private constructor(
    value: string,
    readonly type: PlateType,
    private readonly bodyLength: number,
  ) {
    super(value);
  }

  /** Throws InvalidRequisite; a number of zeros or a region such as `078` is IMPOSSIBLE_VALUE. */
  static parse(text: string, type: PlateType = '1'): PlateNumber {
    const typed = normaliseNumber(text);
    if (typed === '') throw new InvalidRequisite('plate-number', 'EMPTY');
    const value = DIPLOMATIC.includes(type) ? toLatin(typed) : toCyrillic(typed);
    const { shortest, longest } = lengthsOf(type);
    if (value.length < shortest || value.length > longest) throw new InvalidRequisite('plate-number', 'BAD_LENGTH');
    const parts = patternOf(type).exec(value);
    if (!parts) throw new InvalidRequisite('plate-number', 'BAD_CHARACTERS');
    const [, body = '', region = ''] = parts;
    const number = body.replace(/\D/g, '');
    const numbered = !DIPLOMATIC.includes(type);
    if ((numbered && /^0+$/.test(number)) || /^0\d\d$/.test(region))
      throw new InvalidRequisite('plate-number', 'IMPOSSIBLE_VALUE');
    return new PlateNumber(value, type, body.length);
  }

  /** The region apart, with a no-break space: `А123ВС 178`. */
  override get formatted(): string {
    return `${this.value.slice(0, this.bodyLength)}\u00A0${this.value.slice(this.bodyLength)}`;
  }
}

/** Type 9 has one to three digits after `CD`, type 10 `D` or `T` and three digits. */
function patternOf(type: PlateType): RegExp {
  const shape = SHAPES[type].replaceAll('Б', '[АВЕКМНОРСТУХ]').replaceAll('9', '\\d');
  if (type === '9') return new RegExp(`^(${shape}\\d{1,3}?)(\\d{2,3})$`, 'u');
  if (type === '10') return new RegExp('^(\\d{3}[DT]\\d{3})(\\d{2,3})$', 'u');
  return new RegExp(`^(${shape})(${MILITARY.includes(type) ? '\\d{2}' : '\\d{2,3}'})$`, 'u');
}

function lengthsOf(type: PlateType): { shortest: number; longest: number } {
  const body = SHAPES[type].length;
  if (type === '9') return { shortest: body + 3, longest: body + 6 };
  if (type === '10') return { shortest: body + 5, longest: body + 6 };
  return { shortest: body + 2, longest: body + (MILITARY.includes(type) ? 2 : 3) };
}
