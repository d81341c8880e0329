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

/** A field of a form and the page it stands on. */
export interface FilePlace {
  readonly step: Step;
  readonly field: Field;
}

/** Fields of the form that take this file of the cabinet now: by kind and format, with room left, and without having it already. */
export function placesFor(file: CabinetFile, form: FilledForm): readonly FilePlace[] {
  const all = new Set(form.files.map(({ fileId }) => fileId));
  if (all.size >= MAX_FILES && !all.has(file.fileId)) return [];
  return form.steps.flatMap(({ step, fields }) =>
    fields
      .filter(({ field }) => field.type === 'fileList' && field.fromCabinet === true && takes(field, file))
      .filter(({ field }) => {
        const attached = asFiles(form.kept[field.name]);
        return attached.length < mostFilesOf(field) && !attached.some(({ fileId }) => fileId === file.fileId);
      })
      .map(({ field }) => ({ step, field })),
  );
}

const takes = ({ kinds, extensions }: Field, { documentKind, extension }: CabinetFile): boolean =>
  (kinds === undefined || (documentKind !== null && kinds.includes(documentKind))) && (extensions?.includes(extension) ?? true);
