import { type Answer, type Answers } from './answers.js';
import { UnknownField, UnstorableAnswer } from './draft.errors.js';
import { type Field, type FormDefinition, type Step } from './form-definition.js';

/** Characters of one typed value that a draft will hold, right or wrong. */
export const MAX_TYPED = 10_000;

const PARTS: Readonly<Partial<Record<Field['type'], readonly string[]>>> = {
  address: ['line', 'district'],
  documentRef: ['kind', 'series', 'number', 'issueDate', 'issuedBy'],
};

/** Fields of a page that people type or choose; files come on their own way, the rest is filled by the portal. */
export const inputsOf = (step: Step): readonly Field[] =>
  step.fields.filter(({ type, readOnly }) => type !== 'fileList' && type !== 'computed' && !readOnly);

/**
 * All answers, with those of one page replaced by what came from it, as typed. Throws UnknownField for a value that the page does
 * not ask for (values of unknown fields are refused, not ignored; fact sheet §8.1), UnstorableAnswer for one of a wrong shape or size.
 */
export function takeStep(step: Step, typed: Readonly<Record<string, unknown>>, before: Answers): Answers {
  const inputs = inputsOf(step);
  const stray = Object.keys(typed).find((name) => !inputs.some((field) => field.name === name));
  if (stray !== undefined) throw new UnknownField({ field: stray.slice(0, 60) });
  const answers: Record<string, Answer> = { ...before };
  for (const field of inputs) {
    const answer = shaped(field, typed[field.name]);
    if (answer === undefined) delete answers[field.name];
    else answers[field.name] = answer;
  }
  return answers;
}

/**
 * `before` with answers that were given ahead of the form, say by the page of a document that is to be renewed. Throws UnknownField for
 * what the form does not ask people, UnstorableAnswer as `takeStep` does.
 */
export function takeAhead(form: FormDefinition, given: Readonly<Record<string, unknown>>, before: Answers): Answers {
  const inputs = form.steps.flatMap(inputsOf);
  const answers: Record<string, Answer> = { ...before };
  for (const [name, value] of Object.entries(given)) {
    const field = inputs.find((candidate) => candidate.name === name);
    if (!field) throw new UnknownField({ field: name.slice(0, 60) });
    const answer = shaped(field, value);
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
}

function shaped(field: Field, value: unknown): Answer | undefined {
  if (value === undefined) return undefined;
  const parts = PARTS[field.type];
  if (parts) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new UnstorableAnswer({ field: field.name });
    if (Object.keys(value).some((part) => !parts.includes(part))) throw new UnstorableAnswer({ field: field.name });
    return Object.fromEntries(Object.entries(value).map(([part, text]) => [part, textOf(field, text)]));
  }
  if (!field.multiple) return textOf(field, value);
  const lines: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (lines.length > 100) throw new UnstorableAnswer({ field: field.name });
  return lines.map((text) => textOf(field, text));
}

const textOf = (field: Field, value: unknown): string => {
  if (typeof value !== 'string' || value.length > MAX_TYPED) throw new UnstorableAnswer({ field: field.name });
  return value;
};
