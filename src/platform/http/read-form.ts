import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';

/** What a page shows of a refused form: the summary on top, and one sentence at each field. */
export interface FormErrors {
  readonly summary: readonly { readonly text: string; readonly href: string }[];
  readonly fields: Readonly<Record<string, string>>;
}

const MAX_FIELD_LENGTH = 20_000;
/** All controls except tab and line ends. */
const CONTROL_CHARACTERS = /(?![\t\n\r])\p{Cc}/gu;

/** Makes FormErrors of sentences by field, in the order given. */
export const formErrors = (fields: Readonly<Record<string, string>>): FormErrors => ({
  summary: Object.entries(fields).map(([field, text]) => ({ text, href: `#${field}` })),
  fields,
});

const firstSentence = (error: ValidationError): string => Object.values(error.constraints ?? {})[0] ?? '';

/** Strings are trimmed and lose control characters; anything longer than a form can sensibly hold is cut and so refused by length rules. */
const tidy = (value: unknown): unknown => {
  if (typeof value === 'string') {
    return value.replace(CONTROL_CHARACTERS, '').trim().slice(0, MAX_FIELD_LENGTH);
  }
  if (Array.isArray(value)) return value.map(tidy);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidy(inner)]));
  return value;
};

/** Reads a posted body into a form class and checks it. `form` keeps everything typed, also when `errors` is not null. */
export async function readForm<F extends object>(formClass: ClassConstructor<F>, body: unknown): Promise<{ form: F; errors: FormErrors | null }> {
  const form = plainToInstance(formClass, tidy(body ?? {}) as object, { exposeDefaultValues: true });
  const problems = await validate(form, { stopAtFirstError: true, whitelist: true });
  const fields = Object.fromEntries(problems.map((problem) => [problem.property, firstSentence(problem)]));
  return { form, errors: problems.length > 0 ? formErrors(fields) : null };
}
