import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCUMENT_KINDS } from '../../documents/domain/document-kinds.js';
import { type FormDefinition } from '../domain/form-definition.js';
import { readCatalogue, SAMPLE_CATALOGUE } from './publish-catalogue.js';

describe('The catalogue files', () => {
  it('hold five services of different shape', () => {
    const { services } = readCatalogue();
    expect(services.map(({ service }) => service.code).sort()).toEqual([
      'BENEFIT_TRANSPORT_CARD',
      'MFC_APPOINTMENT',
      'PARKING_PERMIT_LARGE_FAMILY',
      'PRE_TRIAL_COMPLAINT',
      'SCHOOL_FIRST_GRADE',
    ]);
  });

  it('hold every service that replaces a document, with the answers it is begun with', () => {
    const { services } = readCatalogue();
    const renewals = DOCUMENT_KINDS.flatMap(({ renewal }) => renewal?.service ?? []);
    const unknown = renewals.filter(({ code, answers }) => {
      const fields = services.find(({ service }) => service.code === code)?.form.steps.flatMap((step) => step.fields) ?? [];
      return !Object.entries(answers).every(([name, value]) =>
        fields.find((field) => field.name === name)?.options?.some((option) => option.value === value),
      );
    });
    expect(unknown).toEqual([]);
    expect(renewals.map(({ answers }) => answers['service'])).toEqual(
      expect.arrayContaining(['RF_PASSPORT', 'RF_FOREIGN_PASSPORT', 'DRIVING_LICENCE', 'OMS_POLICY']),
    );
  });

  it('know the 18 districts, each with a school', () => {
    const { directories } = readCatalogue();
    expect(directories['districts']).toHaveLength(18);
    const withSchool = new Set(directories['schools']?.map(({ parent }) => parent));
    expect(directories['districts']?.filter(({ code }) => !withSchool.has(code))).toEqual([]);
  });
});

describe('An unsound form', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const withForm = (change: (form: { -readonly [K in keyof FormDefinition]: FormDefinition[K] }) => void): void => {
    const file = JSON.parse(readFileSync(join(SAMPLE_CATALOGUE, 'pre-trial-complaint.json'), 'utf8')) as { form: FormDefinition };
    change(file.form);
    writeFileSync(join(folder, 'directories.json'), readFileSync(join(SAMPLE_CATALOGUE, 'directories.json')));
    writeFileSync(join(folder, 'form.json'), JSON.stringify(file));
  };
  const step = (field: object) => ({ code: 'EXTRA', title: 'Ещё', fields: [{ name: 'extra', type: 'string', label: 'Ещё', ...field }] }) as never;

  it.each([
    ['has a field of an unknown type', step({ type: 'password' }), 'must be equal to one of the allowed values'],
    ['has a rule made of code', step({ visibleWhen: { eval: 'true' } }), 'visibleWhen'],
    ['shows a field by an answer of the same page', step({ visibleWhen: { present: '$extra' } }), 'visibleWhen looks at extra, which is not before it'],
    ['requires a field by an answer that comes later', step({ requiredWhen: { present: '$nothing' } }), 'requiredWhen looks at nothing'],
    ['chooses from a list that does not exist', step({ type: 'enum', optionsFrom: 'planets' }), 'no directory planets'],
    ['uses a name twice', step({ name: 'text' }), 'the name is taken'],
  ])('that %s is refused', (_, extra, problem) => {
    withForm((form) => (form.steps = [...form.steps, extra]));
    expect(() => readCatalogue(folder)).toThrow(problem);
  });

  it('that puts files beside other fields is refused', () => {
    const extra = { code: 'EXTRA', title: 'Ещё', fields: [{ name: 'a', type: 'string', label: 'А' }, { name: 'b', type: 'fileList', label: 'Б' }] };
    withForm((form) => (form.steps = [...form.steps, extra as never]));
    expect(() => readCatalogue(folder)).toThrow('EXTRA: files and other fields share a page');
  });
});
