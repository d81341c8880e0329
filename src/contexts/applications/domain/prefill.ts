import { type Answer, type Answers, asLine } from './answers.js';
import { type ApplicantFacts } from './applicant-facts.js';
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
export const documentKindsOf = (form: FormDefinition): readonly string[] => [
  ...new Set(fieldsOf(form).flatMap(({ prefill }) => (prefill?.source === 'document' ? [prefill.kind] : []))),
];

export const fieldsOf = (form: FormDefinition): readonly Field[] => form.steps.flatMap(({ fields }) => fields);

function knownAnswer({ prefill, multiple }: Field, answers: Answers, form: FormDefinition, facts: ApplicantFacts): Answer | undefined {
  if (!prefill) return undefined;
  if (prefill.source === 'profile') return facts.profile[prefill.path];
  if (prefill.source === 'document') return facts.documents[prefill.kind]?.[prefill.path];
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
