import { type Directories } from './directories.js';
import { type Expression, namesIn } from './expression.js';
import { type Field, type FormDefinition } from './form-definition.js';

/**
 * What is wrong with a form beyond its shape, in English for whoever writes forms; empty when it may be published. Rules look back
 * only, so that a form is read in one pass, and what shows or hides a question stands on an earlier page, so that no script is needed.
 */
export function unsoundnessOf(form: FormDefinition, directories: Directories): readonly string[] {
  const problems: string[] = [];
  const earlier = new Set(['window']);
  for (const step of form.steps) {
    const own = step.fields.map(({ name }) => name);
    const soFar = new Set([...earlier, ...own]);
    if (new Set(step.fields.map(({ type }) => type === 'fileList')).size > 1) problems.push(`${step.code}: files and other fields share a page`);
    for (const field of step.fields) {
      const at = `${step.code}.${field.name}`;
      if (earlier.has(field.name) || own.indexOf(field.name) !== own.lastIndexOf(field.name)) problems.push(`${at}: the name is taken`);
      problems.push(...lookups(at, 'visibleWhen', field.visibleWhen, earlier), ...lookups(at, 'filterBy', field.filterBy, earlier));
      problems.push(...lookups(at, 'requiredWhen', field.requiredWhen, soFar), ...lookups(at, 'expression', field.expression, soFar));
      problems.push(...(field.warn ?? []).flatMap(({ year }) => lookups(at, 'warn', year, soFar)));
      problems.push(...choicesOf(field, directories).map((problem) => `${at}: ${problem}`));
    }
    own.forEach((name) => earlier.add(name));
  }
  for (const { code, field, when, require } of form.crossRules) {
    problems.push(...lookups(code, 'when', when, earlier), ...lookups(code, 'require', require, earlier));
    if (!earlier.has(field)) problems.push(`${code}: no field ${field}`);
  }
  for (const name of form.duplicateKey) if (!earlier.has(name)) problems.push(`duplicateKey: no field ${name}`);
  if (form.service.authorityFrom) {
    problems.push(...lookups('service', 'authorityFrom', form.service.authorityFrom.answer, earlier));
    if (!directories[form.service.authorityFrom.directory]) problems.push(`service: no directory ${form.service.authorityFrom.directory}`);
  }
  const stepCodes = form.steps.map(({ code }) => code);
  if (new Set(stepCodes).size < stepCodes.length) problems.push('two pages share a code');
  return problems;
}

const lookups = (at: string, rule: string, expression: Expression | undefined, known: ReadonlySet<string>): string[] =>
  expression === undefined ? [] : namesIn(expression).filter((name) => !known.has(name)).map((name) => `${at}: ${rule} looks at ${name}, which is not before it`);

const choicesOf = (field: Field, directories: Directories): string[] => {
  const list = field.type === 'schoolRef' ? 'schools' : field.optionsFrom;
  if (list !== undefined && !directories[list]) return [`no directory ${list}`];
  if (field.type === 'enum' && !list && !field.options) return ['nothing to choose from'];
  if (field.default !== undefined && field.options && !field.options.some(({ value }) => value === field.default)) return ['the default is no option'];
  if (field.type === 'documentRef' && !field.kinds?.every((kind) => directories['documentKinds']?.some(({ code }) => code === kind)))
    return ['a kind of document without a title'];
  return [];
};
