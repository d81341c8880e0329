import { DOCUMENT_KINDS } from '../domain/document-kinds.js';
import { requisitesSchema } from './requisites-schema.js';

/* What bodies and answers look like, for the description of the API. */

const TEXT = { type: 'string' };
const FLAG = { type: 'boolean' };
const ID = { type: 'string', format: 'uuid' };
const DAY = { type: 'string', format: 'date', nullable: true };
const INSTANT = { type: 'string', format: 'date-time' };
const CHILD = { type: 'object', nullable: true, properties: { id: TEXT, name: TEXT } };
const REQUISITES = {
  type: 'object',
  description: 'By code, as the schema of the kind says',
  additionalProperties: { oneOf: [TEXT, { type: 'array', items: TEXT }] },
};

const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const listOf = (items: object) => ({ type: 'array', items });

const STORED_FILE = {
  fileId: ID,
  name: TEXT,
  bytes: { type: 'integer' },
  extension: TEXT,
  mediaType: TEXT,
  scan: { type: 'string', enum: ['NOT_SCANNED', 'PENDING', 'CLEAN', 'INFECTED'] },
};

export const FILE = object(STORED_FILE);

export const KINDS = object({
  kinds: listOf(
    object({
      code: TEXT,
      label: TEXT,
      group: TEXT,
      suppliedByEsia: FLAG,
      onePerPerson: FLAG,
      numbering: { ...listOf(TEXT), description: 'Requisites that together are the number' },
      renewedAt: { ...TEXT, nullable: true },
      requisites: { type: 'object', description: 'JSON Schema of the requisites' },
    }),
  ),
});

const STATE = {
  documentId: ID,
  kind: TEXT,
  expiresOn: { ...DAY, description: 'Last valid day' },
  expired: FLAG,
  daysLeft: { type: 'integer', nullable: true },
  origin: { type: 'string', enum: ['ESIA', 'MANUAL'] },
  verification: { type: 'string', nullable: true, enum: ['VERIFIED', 'NOT_VERIFIED', null] },
  child: CHILD,
};

export const DOCUMENTS = object({
  documents: listOf(object({ ...STATE, maskedNumber: TEXT, files: { type: 'integer' }, superseded: FLAG })),
});

export const DOCUMENT = object({
  ...STATE,
  maskedRequisites: { ...REQUISITES, description: 'Parts of the number are masked' },
  confirmedAt: { ...INSTANT, nullable: true },
  supersededBy: { ...ID, nullable: true },
  supersedes: { ...ID, nullable: true },
  files: listOf(
    object({
      ...STORED_FILE,
      signs: { ...TEXT, nullable: true, description: 'Name of the file that this detached signature belongs to' },
      signature: { type: 'object', nullable: true, description: 'What was found of the signature beside it' },
    }),
  ),
  version: { type: 'integer' },
  addedAt: INSTANT,
});

export const REVEALED = object({
  documentId: ID,
  requisites: REQUISITES,
  differences: listOf(object({ code: TEXT, here: { ...TEXT, nullable: true }, atEsia: TEXT })),
  history: listOf(
    object({ requisites: REQUISITES, replacedAt: INSTANT, by: { type: 'string', enum: ['OWNER', 'ESIA'] } }),
  ),
});

export const ADDED = object({ documentId: ID });

/** One alternative for each kind, from its data. */
export const NEW_DOCUMENT = {
  oneOf: DOCUMENT_KINDS.map((kind) => ({
    title: kind.label,
    ...object(
      {
        kind: { type: 'string', enum: [kind.code] },
        requisites: requisitesSchema(kind),
        fileIds: listOf(ID),
        childId: { ...TEXT, nullable: true },
      },
      ['kind', 'requisites'],
    ),
  })),
};

export const CHANGED_DOCUMENT = object(
  {
    version: { type: 'integer', description: 'As it was read' },
    requisites: REQUISITES,
    childId: { ...TEXT, nullable: true, description: 'Left out, it stays as it was' },
  },
  ['version', 'requisites'],
);

export const UPLOAD = object({ file: { type: 'string', format: 'binary' } });
