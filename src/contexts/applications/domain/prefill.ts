import { type Answer, type Answers, asLine } from './answers.js';
import { type ApplicantFacts, type KnownDocument } from './applicant-facts.js';
import { type Field, type FormDefinition } from './form-definition.js';

/** First answers of a new draft: defaults, what the profile and the documents say, the only child or vehicle there is. */
export function firstAnswers(form: FormDefinition, facts: ApplicantFacts): Answers {
  const answers: Record<string, Answer> = {};
  for (const field of fieldsOf(form)) {
    const known = knownAnswer(field, answers, form, facts) ?? field.default;
    if (known !== undefined) answers[field.name] = known;
  }
  return answers;
}

/**
 * Answers after a page was saved. What the citizen cannot type follows profile and child; what they can type is asked anew only
 * when another child was chosen, else it stays as typed.
 */
export function followFacts(form: FormDefinition, before: Answers, after: Answers, facts: ApplicantFacts): Answers {
  const answers: Record<string, Answer> = { ...after };
  const childChanged = childIn(form, before) !== childIn(form, after);
  for (const field of fieldsOf(form)) {
    const ofChild = field.prefill?.source === 'child' && field.prefill.path !== undefined;
    if (!(field.readOnly && field.prefill) && !(ofChild && childChanged)) continue;
    const known = knownAnswer(field, answers, form, facts);
    if (known === undefined) delete answers[field.name];
    else answers[field.name] = known;
  }
  return answers;
}

/** Kinds of documents whose requisites the form may take over. */
export const documentKindsOf = (form: FormDefinition): readonly string[] => [...new Set(fieldsOf(form).flatMap(kindsFor))];

/**
 * Documents that an answerable question can be answered from. Where the question is about a child, that child's, or any child's until one
 * is chosen; where it is about the citizen, the citizen's own; anybody's where nothing says whose it has to be.
 */
export function fittingDocuments(field: Field, answers: Answers, form: FormDefinition, facts: ApplicantFacts): readonly KnownDocument[] {
  if (field.readOnly) return [];
  const kinds = kindsFor(field);
  const child = childIn(form, answers);
  return facts.documents.filter(
    (document) => kinds.includes(document.kind) && isAbout(field, document, child) && answerFrom(field, document) !== undefined,
  );
}

/** The answer that the document gives to the question; undefined when it does not have it. */
export function answerFrom(field: Field, { kind, requisites }: KnownDocument): Answer | undefined {
  if (field.type !== 'documentRef') return requisites[requisiteFor(field)?.path ?? ''];
  const { series = '', number = '', issueDate = '', issuedBy = '' } = requisites;
  return { kind, series, number, issueDate, issuedBy };
}

export const fieldsOf = (form: FormDefinition): readonly Field[] => form.steps.flatMap(({ fields }) => fields);

function knownAnswer({ prefill, multiple }: Field, answers: Answers, form: FormDefinition, facts: ApplicantFacts): Answer | undefined {
  if (!prefill) return undefined;
  if (prefill.source === 'profile') return facts.profile[prefill.path];
  if (prefill.source === 'document') {
    const own = facts.documents.find(({ kind, childId }) => kind === prefill.kind && childId === null);
    // What ESIA says of the person stands in the profile, too, when the documents could not be read.
    return own?.requisites[prefill.path] ?? facts.profile[prefill.path];
  }
  if (prefill.source === 'vehicle') return only(facts.vehicles);
  if (prefill.path === undefined) return multiple ? facts.children.map(({ value }) => value) : only(facts.children);
  const child = childIn(form, answers);
  return facts.children.find(({ value }) => value === child)?.facts[prefill.path];
}

const only = (choices: readonly { readonly value: string }[]): string | undefined => (choices.length === 1 ? choices[0]!.value : undefined);

/** The child that the form is about. */
const childIn = (form: FormDefinition, answers: Answers): string => {
  const field = fieldsOf(form).find(({ type, multiple }) => type === 'childRef' && !multiple);
  return field ? asLine(answers[field.name]) : '';
};

/** Facts of a child that a document of the child says, too. */
const CHILD_DOCUMENTS: Readonly<Record<string, { readonly kind: string; readonly path: string }>> = {
  snils: { kind: 'SNILS', path: 'snils' },
  inn: { kind: 'INN', path: 'inn' },
  oms: { kind: 'OMS_POLICY', path: 'enp' },
};

/** The requisite that answers a question of one line. */
const requisiteFor = ({ prefill }: Field): { readonly kind: string; readonly path: string } | undefined =>
  prefill?.source === 'document' ? prefill : prefill?.source === 'child' ? CHILD_DOCUMENTS[prefill.path ?? ''] : undefined;

const kindsFor = (field: Field): readonly string[] => (field.type === 'documentRef' ? (field.kinds ?? []) : [requisiteFor(field)?.kind ?? []].flat());

/** `child`: the one that the form is about; empty until it is chosen. */
const isAbout = ({ type, prefill }: Field, { childId }: KnownDocument, child: string): boolean => {
  if (prefill?.source === 'child') return child === '' ? childId !== null : childId === child;
  return type === 'documentRef' || childId === null;
};
