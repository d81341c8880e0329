import { FIELD_TYPES } from '../domain/form-definition.js';

const text = { type: 'string', minLength: 1 } as const;
const name = { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$' } as const;
const code = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const monthDay = { type: 'string', pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' } as const;
const listOf = (items: object, minItems = 0) => ({ type: 'array', items, minItems });
const strict = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((property) => !optional.includes(property)),
  additionalProperties: false,
});

const expression = { $ref: '#/$defs/expression' };
const pair = { type: 'array', items: expression, minItems: 2, maxItems: 2 };

const choice = strict({ value: text, label: text, hint: text }, ['hint']);

const prefill = {
  oneOf: [
    strict({ source: { const: 'profile' }, path: name }),
    strict({ source: { const: 'child' }, path: name }, ['path']),
    strict({ source: { const: 'vehicle' } }),
    strict({ source: { const: 'document' }, kind: code, path: name }),
  ],
};

const field = strict(
  {
    name,
    type: { enum: FIELD_TYPES },
    label: text,
    hint: text,
    required: { type: 'boolean' },
    requiredWhen: expression,
    visibleWhen: expression,
    readOnly: { type: 'boolean' },
    default: { type: 'string' },
    prefill,
    autocomplete: text,
    options: listOf(choice, 1),
    optionsFrom: name,
    filterBy: expression,
    minLength: count,
    maxLength: { type: 'integer', minimum: 1, maximum: 4000 },
    min: count,
    max: count,
    multiple: { type: 'boolean' },
    notBefore: { const: 'today' },
    notAfter: { const: 'today' },
    daysAhead: count,
    kinds: listOf(code, 1),
    extensions: listOf({ type: 'string', pattern: '^[a-z]+$' }, 1),
    fromCabinet: { type: 'boolean' },
    expression,
    warn: listOf(strict({ rule: { const: 'ageBetween' }, year: expression, on: monthDay, minMonths: count, maxMonths: count, message: text })),
  },
  [
    'hint', 'required', 'requiredWhen', 'visibleWhen', 'readOnly', 'default', 'prefill', 'autocomplete', 'options', 'optionsFrom', 'filterBy', 'minLength',
    'maxLength', 'min', 'max', 'multiple', 'notBefore', 'notAfter', 'daysAhead', 'kinds', 'extensions', 'fromCabinet', 'expression', 'warn',
  ],
);

/** JSON Schema (2020-12) of a form definition, fact sheet §8.1: what a file of the catalogue must look like. */
export const formDefinitionSchema = {
  ...strict({
    formCode: code,
    version: { type: 'integer', minimum: 1 },
    title: text,
    service: strict(
      {
        code,
        requiredLevel: { enum: ['SIMPLIFIED', 'STANDARD', 'CONFIRMED'] },
        applicantTypes: listOf({ enum: ['PERSON', 'ORGANIZATION'] }, 1),
        authority: strict({ code, title: text }),
        authorityFrom: strict({ answer: expression, directory: name }),
      },
      ['authorityFrom'],
    ),
    windows: listOf(strict({ code, title: text, opens: monthDay, closes: monthDay })),
    duplicateKey: listOf(name),
    term: strict({ unit: { enum: ['WORKING_DAYS', 'CALENDAR_DAYS'] }, value: { type: 'integer', minimum: 1 } }),
    steps: listOf(strict({ code, title: text, intro: text, fields: listOf(field, 1) }, ['intro']), 1),
    crossRules: listOf(strict({ code, field: name, when: expression, require: expression, message: text })),
  }),
  $defs: {
    expression: {
      anyOf: [
        { type: ['string', 'number', 'boolean', 'null'] },
        strict({ equals: pair }),
        strict({ oneOf: { type: 'array', prefixItems: [expression, listOf(expression)], minItems: 2, maxItems: 2 } }),
        strict({ atLeast: pair }),
        strict({ present: expression }),
        strict({ yearOf: expression }),
        strict({ not: expression }),
        strict({ allOf: listOf(expression, 1) }),
        strict({ anyOf: listOf(expression, 1) }),
      ],
    },
  },
} as const;
