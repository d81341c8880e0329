import { readCatalogue } from '../infrastructure/publish-catalogue.js';
import { type ApplicantFacts, type KnownDocument, NOTHING_KNOWN } from './applicant-facts.js';
import { answerFrom, documentKindsOf, fieldsOf, firstAnswers, fittingDocuments, followFacts } from './prefill.js';

const formOf = (code: string) => readCatalogue().services.find(({ service }) => service.code === code)!.form;
const SCHOOL = formOf('SCHOOL_FIRST_GRADE');
const CARD = formOf('BENEFIT_TRANSPORT_CARD');
const PARKING = formOf('PARKING_PERMIT_LARGE_FAMILY');

const child = (name: string) => ({ value: name, label: name, facts: { birthDate: '2020-01-15', birthCertificate: { number: name } } });
const document = (documentId: string, kind: string, requisites: Record<string, string>, childId: string | null = null): KnownDocument => ({
  documentId,
  kind,
  title: kind,
  maskedNumber: '•••• 123',
  childId,
  requisites,
});
const facts = (...children: string[]): ApplicantFacts => ({
  ...NOTHING_KNOWN,
  profile: { fullName: 'Невская Мария', birthDate: '1988-03-05', phone: '+79210000006' },
  children: children.map(child),
  vehicles: [{ value: 'vesta', label: 'LADA Vesta' }],
  documents: [document('typed', 'SNILS', { snils: '11223344595' })],
});

describe('A new draft', () => {
  it('holds what the portal knows and the defaults of the form', () => {
    expect(firstAnswers(SCHOOL, facts('peter', 'anna'))).toEqual({
      applicantName: 'Невская Мария',
      applicantBirthDate: '1988-03-05',
      phone: '+79210000006',
      language: 'ru',
      benefitCategory: 'NONE',
      adaptedProgram: 'false',
    });
  });

  it('is about the only child there is', () => {
    expect(firstAnswers(SCHOOL, facts('peter'))).toMatchObject({ child: 'peter', childBirthDate: '2020-01-15', birthCertificate: { number: 'peter' } });
  });

  it('takes all children where the form asks for several, the only vehicle, and requisites of documents', () => {
    expect(firstAnswers(PARKING, facts('peter', 'anna'))).toMatchObject({ children: ['peter', 'anna'], vehicle: 'vesta' });
    expect(documentKindsOf(CARD)).toEqual(['SNILS']);
    expect(firstAnswers(CARD, facts())['snils']).toBe('11223344595');
  });
});

describe('A saved page', () => {
  const before = firstAnswers(SCHOOL, facts('peter'));

  it('brings the papers of another child when another child is chosen', () => {
    const after = followFacts(SCHOOL, before, { ...before, child: 'anna', birthCertificate: { number: 'typed' } }, facts('peter', 'anna'));
    expect(after).toMatchObject({ child: 'anna', birthCertificate: { number: 'anna' } });
  });

  it('leaves what was typed while the child stays the same', () => {
    const typed = { ...before, birthCertificate: { number: 'typed' }, phone: '+79210000007' };
    expect(followFacts(SCHOOL, before, typed, facts('peter'))).toMatchObject({ birthCertificate: { number: 'typed' }, phone: '+79210000007' });
  });

  it('follows the profile in what cannot be typed', () => {
    const renamed = { ...facts('peter'), profile: { fullName: 'Садовая Мария' } };
    const after = followFacts(SCHOOL, before, { ...before, applicantName: 'Подделка' }, renamed);
    expect(after['applicantName']).toBe('Садовая Мария');
    expect(after).not.toHaveProperty('applicantBirthDate');
  });
});

describe('A document of the cabinet', () => {
  const CERTIFICATE = { series: 'IV-АК', number: '000123', issueDate: '2020-02-01', issuedBy: 'Отдел ЗАГС', actNumber: '7' };
  const question = (name: string) => fieldsOf(SCHOOL).find((field) => field.name === name)!;
  const cabinet: ApplicantFacts = {
    ...facts('peter', 'anna'),
    documents: [
      document('peters', 'RF_BIRTH_CERTIFICATE', CERTIFICATE, 'peter'),
      document('annas', 'RF_BIRTH_CERTIFICATE', CERTIFICATE, 'anna'),
      document('own', 'RF_BIRTH_CERTIFICATE', CERTIFICATE),
      document('annas-snils', 'SNILS', { snils: '90000000182' }, 'anna'),
      document('esia-snils', 'SNILS', { snils: '11223344595' }),
      document('typed-snils', 'SNILS', { snils: '00000000000' }),
      document('passport', 'RF_PASSPORT', { series: '4008', number: '123456' }),
    ],
  };
  const offered = (form: typeof SCHOOL, name: string, answers = {}) =>
    fittingDocuments(fieldsOf(form).find((field) => field.name === name)!, answers, form, cabinet).map(({ documentId }) => documentId);

  it('answers a question about a child when it is that child’s', () => {
    expect(offered(SCHOOL, 'birthCertificate', { child: 'anna' })).toEqual(['annas']);
    expect(offered(SCHOOL, 'childSnils', { child: 'anna' })).toEqual(['annas-snils']);
    expect(offered(SCHOOL, 'childSnils', { child: 'peter' })).toEqual([]);
    expect(offered(SCHOOL, 'birthCertificate')).toEqual(['peters', 'annas']);
    expect(offered(SCHOOL, 'childSnils')).toEqual(['annas-snils']);
  });

  it('answers a question about the citizen when it is their own', () => {
    expect(offered(CARD, 'snils')).toEqual(['esia-snils', 'typed-snils']);
    expect(offered(CARD, 'phone')).toEqual([]);
    expect(offered(SCHOOL, 'applicantName')).toEqual([]);
  });

  it('begins a form with the first of the citizen’s own, which is ESIA’s where there is one', () => {
    expect(firstAnswers(CARD, cabinet)['snils']).toBe('11223344595');
    const unread = { ...facts(), documents: [], profile: { snils: '11223344595' } };
    expect(firstAnswers(CARD, unread)['snils']).toBe('11223344595');
  });

  it('gives the parts that the question has', () => {
    const { actNumber: _, ...parts } = CERTIFICATE;
    expect(answerFrom(question('birthCertificate'), cabinet.documents[0]!)).toEqual({ kind: 'RF_BIRTH_CERTIFICATE', ...parts });
    expect(answerFrom(question('childSnils'), cabinet.documents[3]!)).toBe('90000000182');
    const bare = document('bare', 'RF_BIRTH_CERTIFICATE', { number: '1' });
    expect(answerFrom(question('birthCertificate'), bare)).toEqual({ kind: bare.kind, series: '', number: '1', issueDate: '', issuedBy: '' });
  });
});
