/** Value objects of the kernel (and one rule of our own) that a requisite may be read by. */
export type RequisiteCheck =
  | 'snils'
  | 'inn-person'
  | 'inn-organisation'
  | 'ogrn'
  | 'ogrnip'
  | 'kpp'
  | 'enp'
  | 'roman-series'
  | 'driving-licence'
  | 'vehicle-certificate'
  | 'plate'
  | 'department-code';

/** Which alphabet look-alike letters belong to; employment books have Cyrillic letters, then a Roman number. */
export type Letters = 'CYRILLIC' | 'LATIN' | 'CYRILLIC_THEN_ROMAN';

/**
 * One typed field of a document, as data: the form, the check, the display and the mask are derived from it.
 * `pattern` is matched against the normalised value (fact sheet §3.0); `length` counts characters, both ends included.
 */
export type RequisiteDefinition = { readonly code: string; readonly required: boolean } & (
  | { readonly type: 'checked'; readonly check: RequisiteCheck }
  /** Digits only, or of fixed length: dashes, dots and brackets are dropped. */
  | { readonly type: 'number'; readonly pattern: RegExp; readonly length: readonly [number, number] }
  /** No spaces, but a hyphen belongs to the value. */
  | {
      readonly type: 'code';
      readonly pattern: RegExp;
      readonly length: readonly [number, number];
      readonly letters?: Letters;
    }
  /** Free form in capitals: single spaces are kept. */
  | {
      readonly type: 'free';
      readonly pattern: RegExp;
      readonly length: readonly [number, number];
      readonly letters?: Letters;
    }
  | { readonly type: 'text'; readonly length: readonly [number, number] }
  | { readonly type: 'date' }
  /** Any number of the choices; stored joined by commas in the order of `choices`. */
  | { readonly type: 'choices'; readonly choices: readonly string[] }
);

export const optional = (definition: RequisiteDefinition): RequisiteDefinition => ({ ...definition, required: false });

export const checked = (code: string, check: RequisiteCheck): RequisiteDefinition => ({
  code,
  required: true,
  type: 'checked',
  check,
});

export const digits = (code: string, min: number, max = min): RequisiteDefinition => ({
  code,
  required: true,
  type: 'number',
  pattern: new RegExp(`^\\d{${min},${max}}$`),
  length: [min, max],
});

export const pattern = (
  code: string,
  value: RegExp,
  min: number,
  max: number,
  letters?: Letters,
): RequisiteDefinition => ({
  code,
  required: true,
  type: 'code',
  pattern: value,
  length: [min, max],
  letters,
});

export const free = (
  code: string,
  value: RegExp,
  min: number,
  max: number,
  letters?: Letters,
): RequisiteDefinition => ({
  code,
  required: true,
  type: 'free',
  pattern: value,
  length: [min, max],
  letters,
});

export const text = (code: string, min: number, max: number): RequisiteDefinition => ({
  code,
  required: true,
  type: 'text',
  length: [min, max],
});

export const date = (code: string): RequisiteDefinition => ({ code, required: true, type: 'date' });

export const choices = (code: string, values: readonly string[]): RequisiteDefinition => ({
  code,
  required: true,
  type: 'choices',
  choices: values,
});
