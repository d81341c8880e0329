import { type DocumentKind } from '../domain/document-kinds.js';
import { type RequisiteDefinition } from '../domain/requisite-definition.js';

/** JSON Schema of the requisites of a kind in their normalised form; people's spelling (spaces, dashes, case) is taken, too. */
export const requisitesSchema = (kind: DocumentKind) => ({
  type: 'object',
  properties: Object.fromEntries(kind.requisites.map((definition) => [definition.code, requisiteSchema(definition)])),
  required: kind.requisites.filter(({ required }) => required).map(({ code }) => code),
});

function requisiteSchema(definition: RequisiteDefinition) {
  switch (definition.type) {
    case 'checked':
      return { type: 'string', minLength: 1, description: `Checked as ${definition.check}, with its check digits` };
    case 'number':
    case 'code':
    case 'free':
      return { type: 'string', ...lengthOf(definition.length), pattern: definition.pattern.source };
    case 'text':
      return { type: 'string', ...lengthOf(definition.length) };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'choices':
      return {
        type: 'array',
        items: { type: 'string', enum: [...definition.choices] },
        minItems: 1,
        uniqueItems: true,
      };
  }
}

const lengthOf = ([minLength, maxLength]: readonly [number, number]) => ({ minLength, maxLength });
