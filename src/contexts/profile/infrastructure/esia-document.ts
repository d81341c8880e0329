import { type PersonDocument } from '../domain/person-facts.js';
import { dayOf, digitsOf, type EsiaRecord, textOf } from './esia-person.js';

/** Documents of `/docs`. Null for one that ESIA gives no type or number of its own. */
function documentOf(document: EsiaRecord, childId: string | null, birthPlace: string | null): PersonDocument | null {
  const [id, type] = [textOf(document, 'id'), textOf(document, 'type')];
  if (id === null || type === null) return null;
  return {
    // Numbers of documents are those of one person: a child's are told apart by the child.
    esiaId: childId === null ? id : `${childId}/${id}`,
    type,
    childId,
    verified: textOf(document, 'vrfStu') === 'VERIFIED',
    series: textOf(document, 'series'),
    number: textOf(document, 'number'),
    issueDate: dayOf(document, 'issueDate'),
    issuedBy: textOf(document, 'issuedBy'),
    departmentCode: textOf(document, 'issueId'),
    expiryDate: dayOf(document, 'expiryDate'),
    birthPlace,
    lastNameLat: textOf(document, 'latinLastName'),
    firstNameLat: textOf(document, 'latinFirstName'),
    actNumber: textOf(document, 'actNo'),
    actDate: dayOf(document, 'actDate'),
  };
}

/** СНИЛС and ИНН are not among ESIA's documents but fields of the person. */
const attributeOf = (type: string, number: string, childId: string | null, verified: boolean): PersonDocument => ({
  esiaId: childId === null ? type : `${childId}/${type}`,
  type,
  childId,
  verified,
  series: null,
  number,
  issueDate: null,
  issuedBy: null,
  departmentCode: null,
  expiryDate: null,
  birthPlace: null,
  lastNameLat: null,
  firstNameLat: null,
  actNumber: null,
  actDate: null,
});

/**
 * Everything ESIA knows of one person's documents, the person's own when `childId` is null. It checks СНИЛС and ИНН together with the
 * identity document and has no mark of their own for it.
 */
export function documentsOf(
  person: EsiaRecord,
  documents: readonly EsiaRecord[],
  childId: string | null,
): PersonDocument[] {
  const listed = documents
    .map((document) => documentOf(document, childId, childId === null ? textOf(person, 'birthPlace') : null))
    .filter((document) => document !== null);
  const verified = person.trusted === true || listed.some((document) => document.verified);
  const attributes = (['snils', 'inn'] as const).flatMap((field) => {
    const number = digitsOf(person, field);
    return number === null ? [] : [attributeOf(field.toUpperCase(), number, childId, verified)];
  });
  return [...attributes, ...listed];
}
