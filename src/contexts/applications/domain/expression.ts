/**
 * A rule of a form as data (fact sheet §8.1: "rules use a small expression object, never code strings"). Text that begins with
 * `$` is the value of a field or of its part (`$registrationAddress.district`); all else is itself.
 */
export type Expression =
  | string
  | number
  | boolean
  | null
  | { readonly equals: readonly [Expression, Expression] }
  | { readonly oneOf: readonly [Expression, readonly Expression[]] }
  | { readonly atLeast: readonly [Expression, Expression] }
  | { readonly present: Expression }
  | { readonly yearOf: Expression }
  | { readonly not: Expression }
  | { readonly allOf: readonly Expression[] }
  | { readonly anyOf: readonly Expression[] };

/** Values by name that an expression may look at. */
export type Scope = Readonly<Record<string, unknown>>;

/** What an expression comes to; anything unknown, missing or not comparable is null. */
export type Outcome = string | number | boolean | null;

/** Never throws and never looks beyond `scope`: a missing value is null, null equals only null, only `true` is true. */
export function evaluate(expression: Expression, scope: Scope): Outcome {
  if (typeof expression === 'string') return expression.startsWith('$') ? valueAt(expression.slice(1), scope) : expression;
  if (expression === null || typeof expression !== 'object') return expression;
  if ('equals' in expression) return evaluate(expression.equals[0], scope) === evaluate(expression.equals[1], scope);
  if ('oneOf' in expression) {
    const value = evaluate(expression.oneOf[0], scope);
    return expression.oneOf[1].some((candidate) => evaluate(candidate, scope) === value);
  }
  if ('atLeast' in expression) {
    const [value, limit] = [evaluate(expression.atLeast[0], scope), evaluate(expression.atLeast[1], scope)];
    return typeof value === 'number' && typeof limit === 'number' && value >= limit;
  }
  if ('present' in expression) return ![null, ''].includes(evaluate(expression.present, scope) as string | null);
  if ('yearOf' in expression) return yearOf(evaluate(expression.yearOf, scope));
  if ('not' in expression) return !holds(expression.not, scope);
  if ('allOf' in expression) return expression.allOf.every((part) => holds(part, scope));
  return expression.anyOf.some((part) => holds(part, scope));
}

/** Whether a rule is met. */
export const holds = (expression: Expression, scope: Scope): boolean => evaluate(expression, scope) === true;

/** Names of the fields an expression looks at, without their parts. */
export function namesIn(expression: Expression): readonly string[] {
  if (typeof expression === 'string') return expression.startsWith('$') ? [expression.slice(1).split('.')[0]!] : [];
  if (expression === null || typeof expression !== 'object') return [];
  return (Object.values(expression) as (Expression | readonly Expression[])[])
    .flatMap((operand): readonly Expression[] => (Array.isArray(operand) ? (operand as Expression[]).flat() : [operand as Expression]))
    .flatMap((operand) => namesIn(operand));
}

function valueAt(path: string, scope: Scope): Outcome {
  let value: unknown = scope;
  for (const part of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return null;
    value = (value as Record<string, unknown>)[part];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

const yearOf = (value: Outcome): number | null => {
  const year = typeof value === 'string' ? /^(\d{4})-\d{2}-\d{2}/.exec(value)?.[1] : undefined;
  return year === undefined ? null : Number(year);
};
