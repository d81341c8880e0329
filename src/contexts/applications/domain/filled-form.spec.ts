import { readCatalogue } from '../infrastructure/publish-catalogue.js';
import { type Answers } from './answers.js';
import { type ApplicantFacts } from './applicant-facts.js';
import { FilledForm } from './filled-form.js';
import { type WindowRun } from './filing-window.js';

const { directories, services } = readCatalogue();
const SCHOOL = services.find(({ service }) => service.code === 'SCHOOL_FIRST_GRADE')!.form;
const COMPLAINT = services.find(({ service }) => service.code === 'PRE_TRIAL_COMPLAINT')!.form;

const FACTS: ApplicantFacts = { profile: {}, vehicles: [], documents: [], children: [{ value: 'peter', label: 'Невский Пётр, 15.01.2020', facts: {} }] };
const scan = { fileId: 'scan', name: 'Свидетельство.pdf', extension: 'pdf', mediaType: 'application/pdf', bytes: 1, sha256: 'ab' };

const ANSWERS: Answers = {
  applicantName: 'Невская Мария Петровна',
  applicantBirthDate: '1988-03-05',
  phone: '+79210000006',
  child: 'peter',
  childBirthDate: '2020-01-15',
  birthCertificate: { kind: 'RF_BIRTH_CERTIFICATE', series: 'IV-АК', number: '000123', issueDate: '2020-02-01', issuedBy: 'Отдел ЗАГС' },
  registrationAddress: { line: 'Санкт-Петербург, Примерный пр., д. 1', district: 'NEVSKY' },
  district: 'NEVSKY',
  school: 'SCHOOL_925',
  language: 'ru',
  benefitCategory: 'NONE',
  adaptedProgram: 'false',
  birthCertificateScan: [scan],
  consent: 'true',
};

const run = (code: string): WindowRun => ({ code, title: code, opensAt: new Date('2026-03-31T21:00:00Z'), closesAt: new Date('2026-06-30T21:00:00Z') });
const schoolForm = (changes: Answers = {}, window = 'STAGE_2') =>
  FilledForm.read(SCHOOL, { ...ANSWERS, ...changes }, { today: '2026-05-01', facts: FACTS, directories, filesAtHand: null }, run(window));
const faults = (form: FilledForm) => form.faults.map(({ field, fault }) => `${field.name} ${fault.code}`);
const namesOf = (form: FilledForm) => form.steps.flatMap(({ fields }) => fields.map(({ field }) => field.name));

describe('A filled form', () => {
  it('is complete when nothing is missing or wrong', () => {
    const form = schoolForm();
    expect(faults(form)).toEqual([]);
    expect(form).toMatchObject({ complete: true, firstOpenStep: null, progressPercent: 100, tooManyFiles: false });
  });

  it('leaves out questions that do not apply, whatever was typed into them', () => {
    const form = schoolForm({ siblingInSchool: 'nonsense', pmpk: [scan] });
    expect(namesOf(form)).not.toContain('siblingInSchool');
    expect(form.step('SIBLING')).toBeUndefined();
    expect(form.complete).toBe(true);
    expect(form.files.map(({ field }) => field)).toEqual(['birthCertificateScan']);
    expect(form.kept).not.toHaveProperty('siblingInSchool');
  });

  it('asks more as soon as an answer calls for it', () => {
    const form = schoolForm({ benefitCategory: 'PREFERENTIAL', adaptedProgram: 'true' });
    expect(faults(form)).toEqual(['siblingInSchool required', 'benefitProof file-required', 'pmpk file-required']);
    expect(form.firstOpenStep).toBe('SIBLING');
    expect(form.isDone('SIBLING')).toBe(false);
    expect(form.isDone('SCHOOL')).toBe(true);
  });

  it('keeps to its own district on the first stage, unless there is a privilege', () => {
    const elsewhere: Answers = { district: 'PRIMORSKY', school: 'SCHOOL_931' };
    const school = directories['schools']?.find(({ parent }) => parent === 'PRIMORSKY')?.code;
    const other = { ...elsewhere, school: school! };
    expect(schoolForm(other, 'STAGE_1').brokenRules.map(({ code, field }) => [code, field])).toEqual([['STAGE1_DISTRICT', 'district']]);
    expect(schoolForm(other, 'STAGE_2').brokenRules).toEqual([]);
    expect(schoolForm({ ...other, benefitCategory: 'PRIORITY' }, 'STAGE_1').brokenRules).toEqual([]);
    expect(schoolForm({}, 'STAGE_1').brokenRules).toEqual([]);
  });

  it.each([
    ['2020-01-15', false],
    ['2020-03-01', false],
    ['2020-03-02', true],
    ['2018-09-01', false],
    ['2018-08-31', true],
  ])('warns of an age that is unusual on 1 September: born %s', (childBirthDate, warned) => {
    const field = schoolForm({ childBirthDate }).step('CHILD_DETAILS')?.fields.find((candidate) => candidate.field.name === 'childBirthDate');
    expect((field?.warnings.length ?? 0) > 0).toBe(warned);
  });

  it('is the same application for the same child, school and year', () => {
    expect(schoolForm().duplicateKey).toBe('["peter","SCHOOL_925",2026]');
    expect(schoolForm({ phone: '+79210000007' }).duplicateKey).toBe(schoolForm().duplicateKey);
    expect(schoolForm({ school: 'SCHOOL_924' }).duplicateKey).not.toBe(schoolForm().duplicateKey);
    expect(FilledForm.read(COMPLAINT, {}, { today: '2026-05-01', facts: FACTS, directories, filesAtHand: null }, null).duplicateKey).toBeNull();
  });

  it('goes to the authority that the answers name', () => {
    const to = (target: string) => FilledForm.read(COMPLAINT, { target }, { today: '2026-05-01', facts: FACTS, directories, filesAtHand: null }, null).authority;
    expect(to('COMMITTEE_TRANSPORT')).toEqual({ code: 'COMMITTEE_TRANSPORT', title: 'Комитет по транспорту' });
    expect(to('NOBODY')).toEqual(COMPLAINT.service.authority);
  });

  it('carries twenty files at most', () => {
    const many = (field: string, count: number) => Array.from({ length: count }, (_, at) => ({ ...scan, fileId: `${field}${at}` }));
    const form = schoolForm({ birthCertificateScan: many('a', 10), registrationProof: many('b', 11) });
    expect(form).toMatchObject({ tooManyFiles: true, complete: false });
  });

  it('is printed with its words and values, in its order', () => {
    const { steps } = schoolForm().print();
    expect(steps.map(({ code }) => code)).toEqual(['APPLICANT', 'CHILD', 'CHILD_DETAILS', 'ADDRESS', 'SCHOOL', 'FILES', 'CONSENT']);
    expect(steps.find(({ code }) => code === 'SCHOOL')?.rows).toEqual([
      { name: 'school', label: 'Школа', text: 'Лицей № 925 (пример)', value: 'SCHOOL_925' },
      { name: 'language', label: 'Язык образования', text: 'Русский', value: 'ru' },
      { name: 'benefitCategory', label: 'Право на зачисление', text: 'Нет', value: 'NONE' },
      { name: 'adaptedProgram', label: 'Нужна адаптированная программа', text: 'Нет', value: false },
    ]);
  });

  it('says of an empty form what is missing, in the order of the form', () => {
    const form = FilledForm.read(SCHOOL, {}, { today: '2026-05-01', facts: FACTS, directories, filesAtHand: null }, null);
    expect(faults(form).slice(0, 4)).toEqual(['applicantName unknown-to-portal', 'applicantBirthDate unknown-to-portal', 'phone required', 'child required']);
    expect(faults(form).at(-1)).toBe('consent must-agree');
    expect(form).toMatchObject({ complete: false, firstOpenStep: 'APPLICANT' });
  });
});
