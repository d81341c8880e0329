import { asFiles } from './answers.js';
import { type FilledForm, MAX_FILES } from './filled-form.js';
import { type Field, mostFilesOf, type Step } from './form-definition.js';

/** A file of the cabinet, as far as a field minds. */
export interface CabinetFile {
  readonly fileId: string;
  readonly extension: string;
  /** Kind of its document; null for one that is of no kind. */
  readonly documentKind: string | null;
}

/** A file together with its detached signature, where it has one. */
export interface SignedFile extends CabinetFile {
  readonly signature: CabinetFile | null;
}

/** A field of a form and the page it stands on. */
export interface FilePlace {
  readonly step: Step;
  readonly field: Field;
  /** The field has room for the signature of the file as well. */
  readonly withSignature: boolean;
}

/** Fields of the form that take this file of the cabinet now: by kind and format, with room left, and without having it already. */
export function placesFor(file: SignedFile, form: FilledForm): readonly FilePlace[] {
  return form.steps.flatMap(({ step, fields }) =>
    fields
      .filter(({ field }) => field.type === 'fileList' && field.fromCabinet === true && roomFor(file, field, form) > 0)
      .map(({ field }) => ({ step, field, withSignature: file.signature !== null && roomFor(file.signature, field, form) > 1 })),
  );
}

/** How many files still fit into the field when this one is to be among them; 0 when the field does not take it or has it already. */
function roomFor(file: CabinetFile, field: Field, form: FilledForm): number {
  const attached = asFiles(form.kept[field.name]);
  if (!takes(field, file) || attached.some(({ fileId }) => fileId === file.fileId)) return 0;
  const all = new Set(form.files.map(({ fileId }) => fileId));
  const inForm = all.has(file.fileId) ? Infinity : MAX_FILES - all.size;
  return Math.min(mostFilesOf(field) - attached.length, inForm);
}

const takes = ({ kinds, extensions }: Field, { documentKind, extension }: CabinetFile): boolean =>
  (kinds === undefined || (documentKind !== null && kinds.includes(documentKind))) && (extensions?.includes(extension) ?? true);
