import { readCatalogue } from '../infrastructure/publish-catalogue.js';
import { type ApplicantFacts, NOTHING_KNOWN } from './applicant-facts.js';
import { documentKindsOf, firstAnswers, followFacts } from './prefill.js';

const formOf = (code: string) => readCatalogue().services.find(({ service }) => service.code === code)!.form;
const SCHOOL = formOf('SCHOOL_FIRST_GRADE');
const CARD = formOf('BENEFIT_TRANSPORT_CARD');
const PARKING = formOf('PARKING_PERMIT_LARGE_FAMILY');

const child = (name: string) => ({ value: name, label: name, facts: { birthDate: '2020-01-15', birthCertificate: { number: name } } });
const facts = (...children: string[]): ApplicantFacts => ({
  ...NOTHING_KNOWN,
  profile: { fullName: 'Невская Мария', birthDate: '1988-03-05', phone: '+79210000006' },
  children: children.map(child),
  vehicles: [{ value: 'vesta', label: 'LADA Vesta' }],
  documents: { SNILS: { snils: '11223344595' } },
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
