import { type QueryBus } from '@nestjs/cqrs';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { DocumentRequisitesQuery } from '../../documents/public.js';
import { type Applicant, ApplicantQuery, type Child } from '../../profile/public.js';
import { type Answer, type Answers } from '../domain/answers.js';
import { type ApplicantFacts, NOTHING_KNOWN } from '../domain/applicant-facts.js';
import { FilledForm } from '../domain/filled-form.js';
import { admissionAt } from '../domain/filing-window.js';
import { type FormDefinition } from '../domain/form-definition.js';
import { documentKindsOf } from '../domain/prefill.js';
import { type ServiceCatalogue } from './ports/service-catalogue.js';

/** What profile and documents know of the citizen, as far as the forms may use it. */
export async function factsAbout(queries: QueryBus, accountId: string, ...forms: readonly FormDefinition[]): Promise<ApplicantFacts> {
  const kinds = [...new Set(forms.flatMap(documentKindsOf))];
  const [applicant, documents] = await Promise.all([
    queries.execute(new ApplicantQuery(accountId)),
    kinds.length > 0 ? queries.execute(new DocumentRequisitesQuery(accountId, kinds, 'ANYBODY')) : [],
  ]);
  if (!applicant) return NOTHING_KNOWN;
  return {
    profile: profileOf(applicant),
    children: applicant.children.map(childOf),
    vehicles: applicant.vehicles.map(({ id, make, grz, sts }) => ({ value: id, label: `${make}, ${grz}, ${sts}` })),
    documents,
  };
}

/** The form with its answers at this instant. `filesAtHand` null: whether the files still exist is not asked. */
export async function readDraftForm(
  catalogue: ServiceCatalogue,
  form: FormDefinition,
  answers: Answers,
  now: Date,
  known: { readonly facts: ApplicantFacts; readonly filesAtHand?: ReadonlySet<string> | null },
): Promise<FilledForm> {
  const directories = await catalogue.directories();
  const { run } = admissionAt(form.windows, now);
  return FilledForm.read(form, answers, { today: legalDayOf(now), facts: known.facts, directories, filesAtHand: known.filesAtHand ?? null }, run);
}

const known = (facts: Readonly<Record<string, Answer | null>>): Readonly<Record<string, Answer>> =>
  Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, Answer] => entry[1] !== null && entry[1] !== ''));

const fullName = ({ lastName, firstName, middleName }: Pick<Child, 'lastName' | 'firstName' | 'middleName'>): string =>
  [lastName, firstName, middleName].filter(Boolean).join(' ');

const profileOf = (applicant: Applicant): Readonly<Record<string, Answer>> =>
  known({
    fullName: fullName(applicant),
    birthDate: applicant.birthDate,
    snils: applicant.snils,
    inn: applicant.inn,
    phone: applicant.mobile,
    email: applicant.email,
    registrationAddress: applicant.registrationAddress === null ? null : { line: applicant.registrationAddress },
    residenceAddress: applicant.residenceAddress === null ? null : { line: applicant.residenceAddress },
  });

const childOf = (child: Child) => ({
  value: child.id,
  label: `${fullName(child)}, ${child.birthDate.split('-').reverse().join('.')}`,
  facts: known({
    birthDate: child.birthDate,
    snils: child.snils,
    inn: child.inn,
    oms: child.oms,
    birthCertificate: child.birthCertificate && {
      kind: 'RF_BIRTH_CERTIFICATE',
      series: child.birthCertificate.series,
      number: child.birthCertificate.number,
      issueDate: child.birthCertificate.issueDate ?? '',
      issuedBy: child.birthCertificate.issuedBy ?? '',
    },
  }),
});
