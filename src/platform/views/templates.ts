import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

import Handlebars from 'handlebars';

/** Compiled templates by name. */
export type Templates = Map<string, Handlebars.TemplateDelegate>;

/**
 * Compiles everything under `folder`: `partials/x.hbs` is called `x` (a shared partial), any other file by its path; each can be a page and a partial.
 * Throws on a syntax error, an unknown helper or a call of a missing partial, naming the file.
 */
export function compileTemplates(folder: string, helpers: Record<string, Handlebars.HelperDelegate>): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));

  const templates: Templates = new Map();
  const calls: { from: string; partial: string }[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs')) continue;
    const name = file
      .replaceAll('\\', '/')
      .replace(/^partials\//, '')
      .replace(/\.hbs$/, '');
    try {
      const program = Handlebars.parseWithoutProcessing(readFileSync(join(folder, file), 'utf8'), { srcName: file });
      const partials = new PartialCalls();
      partials.accept(program);
      for (const partial of partials.names) calls.push({ from: file, partial });
      const code = handlebars.precompile(program, {
        knownHelpers,
        knownHelpersOnly: true,
        preventIndent: true,
      }) as unknown as string;
      const template = handlebars.template(runInThisContext(`(${code})`, { filename: file }) as TemplateSpecification);
      templates.set(name, template);
      handlebars.registerPartial(name, template);
    } catch (error) {
      throw new Error(`Template ${file} does not compile`, { cause: error });
    }
  }
  const missing = calls.filter(({ partial }) => !templates.has(partial));
  if (missing.length)
    throw new Error(`Missing partials: ${missing.map(({ from, partial }) => `${partial} in ${from}`).join(', ')}`);
  return templates;
}

/**
 * Collects the partials a template calls and closes a leak of Handlebars: parameters are merged into the caller's context, so a `href` of a list's item
 * would reach every button printed inside it, and a `hint` of a group every field. A shared partial called with parameters sees only these,
 * and what is written inside a block is read in the context around the block (`outer`).
 */
class PartialCalls extends Handlebars.Visitor {
  readonly names: string[] = [];

  override PartialStatement(call: hbs.AST.PartialStatement): void {
    this.isolate(call);
    super.PartialStatement(call);
  }

  override PartialBlockStatement(call: hbs.AST.PartialBlockStatement): void {
    this.isolate(call);
    if (isShared(call))
      (call.hash ??= { type: 'Hash', loc: call.loc, pairs: [] }).pairs.push({
        type: 'HashPair',
        loc: call.loc,
        key: 'outer',
        value: itself(call),
      });
    super.PartialBlockStatement(call);
  }

  private isolate(call: PartialCall): void {
    if (!isNamed(call)) return;
    this.names.push(nameOf(call));
    if (isShared(call) && call.hash?.pairs.length && call.params.length === 0) {
      call.params.push({ type: 'UndefinedLiteral', loc: call.loc });
    }
  }
}

type PartialCall = hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement;

/** False for `@partial-block` and names computed while rendering. */
const isNamed = ({ name }: PartialCall): boolean => name.type === 'PathExpression' && !name.data;
const nameOf = ({ name }: PartialCall): string => (name as hbs.AST.PathExpression).original;
/** Pieces every page uses: they must not depend on what a page calls its own fields. */
const isShared = (call: PartialCall): boolean =>
  isNamed(call) && (!nameOf(call).includes('/') || nameOf(call).startsWith('layouts/'));
const itself = ({ loc }: PartialCall): hbs.AST.PathExpression => ({
  type: 'PathExpression',
  data: false,
  depth: 0,
  parts: [],
  original: 'this',
  loc,
});
