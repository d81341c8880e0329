import { readCatalogue } from '../infrastructure/publish-catalogue.js';
import { type Answers } from './answers.js';
import { NOTHING_KNOWN } from './applicant-facts.js';
import { type SignedFile, placesFor } from './file-places.js';
import { FilledForm, MAX_FILES } from './filled-form.js';
import { type Field, type FormDefinition } from './form-definition.js';

const { directories, services } = readCatalogue();
const FORM = services.find(({ service }) => service.code === 'PRE_TRIAL_COMPLAINT')!.form;
const SCAN: SignedFile = { fileId: 'scan', extension: 'pdf', documentKind: 'RF_PASSPORT', signature: null };
const SIGNED: SignedFile = { ...SCAN, signature: { ...SCAN, fileId: 'signature', extension: 'sig' } };
const attached = (fileId: string) => ({ fileId, name: 'a.pdf', extension: 'pdf', mediaType: 'x', bytes: 1, sha256: '' });

/** Names of the fields of a form with these fields of files that take the scan; `+` where its signature comes along. */
const placesIn = (fields: Partial<Field>[], { answers = {}, file = SCAN }: { answers?: Answers; file?: SignedFile } = {}): string[] => {
  const files = fields.map((field, index) => ({ name: `files${index}`, label: 'Файлы', type: 'fileList' as const, fromCabinet: true, ...field }));
  const form: FormDefinition = { ...FORM, steps: [{ code: 'FILES', title: 'Файлы', fields: files }], crossRules: [], duplicateKey: [] };
  const around = { today: '2026-11-22', facts: NOTHING_KNOWN, directories, filesAtHand: null };
  return placesFor(file, FilledForm.read(form, answers, around, null)).map(({ field, withSignature }) => `${field.name}${withSignature ? '+' : ''}`);
};

describe('A file of the cabinet', () => {
  it('goes where kind and format are taken', () => {
    expect(placesIn([{}, { kinds: ['RF_PASSPORT'], extensions: ['pdf'] }, { kinds: ['SNILS'] }, { extensions: ['jpg'] }])).toEqual(['files0', 'files1']);
  });

  it('of no kind goes only where no kind is asked for', () => {
    expect(placesIn([{}, { kinds: ['RF_PASSPORT'] }], { file: { ...SCAN, documentKind: null } })).toEqual(['files0']);
  });

  it('does not go where files of the cabinet are not taken', () => expect(placesIn([{ fromCabinet: false }])).toEqual([]));

  it('does not go where it is already, or where there is no room', () => {
    const answers = { files0: [attached('scan')], files1: [attached('other')] };
    expect(placesIn([{}, { max: 1 }, { max: 2 }], { answers })).toEqual(['files2']);
  });

  it('does not go into an application that is full, unless it is in it already', () => {
    const full = Array.from({ length: MAX_FILES }, (_, index) => attached(index === 0 ? 'scan' : `file-${index}`));
    expect(placesIn([{ max: 30 }, {}], { answers: { files0: full }, file: { ...SCAN, fileId: 'one-more' } })).toEqual([]);
    expect(placesIn([{ max: 30 }, {}], { answers: { files0: full } })).toEqual(['files1']);
  });

  it('brings its signature where that is taken and both have room', () => {
    const answers = { files2: [attached('other')], files3: [attached('signature')] };
    const fields = [{}, { extensions: ['pdf'] }, { max: 2 }, {}];
    expect(placesIn(fields, { answers, file: SIGNED })).toEqual(['files0+', 'files1', 'files2', 'files3']);
    const nearlyFull = { files0: Array.from({ length: MAX_FILES - 1 }, (_, index) => attached(`file-${index}`)) };
    expect(placesIn([{ max: 30 }], { answers: nearlyFull, file: SIGNED })).toEqual(['files0']);
  });

  it('does not go to a question that does not apply', () => {
    expect(placesIn([{ visibleWhen: { present: '$window.code' } }])).toEqual([]);
  });
});
