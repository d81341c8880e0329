import { maskRequisite } from '../../../kernel/requisite.js';
import { type StoredFileInfo } from '../application/attachable-files.query.js';
import { type PersonalDocumentEntry, type PersonalDocumentView } from '../application/cabinet-documents.query.js';
import { documentKind, type DocumentKind, isSuppliedByEsia } from '../domain/document-kinds.js';
import { type Requisites } from '../domain/requisite-reading.js';
import { requisitesSchema } from './requisites-schema.js';

type Shown = Readonly<Record<string, string | string[]>>;

/** A kind with the schema of its requisites. */
export const kindView = (kind: DocumentKind) => ({
  code: kind.code,
  label: kind.label,
  group: kind.group,
  suppliedByEsia: isSuppliedByEsia(kind),
  onePerPerson: kind.onePerPerson,
  numbering: kind.numbering,
  renewedAt: kind.renewal?.where ?? null,
  requisites: requisitesSchema(kind),
});

/** A document in the list; of its number only the last characters. */
export const entryView = ({ kindCode, ...entry }: PersonalDocumentEntry) => ({ ...entry, kind: kindCode });

/** A document without what its number is; `version` is for changing it. */
export const documentView = (document: PersonalDocumentView) => ({
  documentId: document.documentId,
  kind: document.kindCode,
  maskedRequisites: maskedRequisites(documentKind(document.kindCode), document.requisites),
  expiresOn: document.expiresOn,
  expired: document.expired,
  daysLeft: document.daysLeft,
  origin: document.origin,
  verification: document.verification,
  confirmedAt: document.confirmedAt,
  child: document.child,
  supersededBy: document.superseded?.by ?? null,
  supersedes: document.supersedes?.documentId ?? null,
  files: document.files.map((file) => ({ ...fileView(file), signs: file.signs, signature: file.signature })),
  version: document.version,
  addedAt: document.addedAt,
});

/** What the document says and what it said before; for the owner who has asked for it. */
export const revealedView = (document: PersonalDocumentView) => {
  const kind = documentKind(document.kindCode);
  return {
    documentId: document.documentId,
    requisites: shown(kind, document.requisites),
    differences: (document.superseded ?? document.supersedes)?.differences ?? [],
    history: document.history.map((former) => ({ ...former, requisites: shown(kind, former.requisites) })),
  };
};

export const fileView = ({ fileId, name, bytes, extension, mediaType, scan }: StoredFileInfo) => ({
  fileId,
  name,
  bytes,
  extension,
  mediaType,
  scan,
});

/** Choices are a list, as they are sent; anything else is its normalised value. */
const shown = (kind: DocumentKind, requisites: Requisites): Shown =>
  Object.fromEntries(
    kind.requisites.flatMap(({ code, type }) => {
      const value = requisites[code];
      return value === undefined ? [] : [[code, type === 'choices' ? value.split(',') : value]];
    }),
  );

const maskedRequisites = (kind: DocumentKind, requisites: Requisites): Shown => {
  const parts = kind.numbering.filter((code) =>
    kind.requisites.some((one) => one.code === code && one.type !== 'date'),
  );
  const masked = parts.flatMap((code) =>
    requisites[code] === undefined ? [] : [[code, maskRequisite(requisites[code])]],
  );
  return { ...shown(kind, requisites), ...(Object.fromEntries(masked) as Record<string, string>) };
};
