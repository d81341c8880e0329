import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

import Handlebars from 'handlebars';
import { Injectable } from '@nestjs/common';

import { templateHelpers } from './helpers.js';
import { Messages } from './messages.js';
import { readVision } from './vision.js';

/** What the frame around a page needs to know about the request. */
export interface PageContext {
  citizen: { displayName: string } | null;
  staff: { name: string; authorityName: string | null } | null;
  csrfToken: string;
  /** A fresh UUID for a form that submits or pays. */
  idempotencyKey: string;
  unreadCount: number;
  /** Message code to show once; it comes back from the browser, so an unknown one is ignored. */
  notice: string | null;
  /** Path of the request without its query. */
  path: string;
  /** Value of the `vision` cookie. */
  vision: string;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** Folder of all templates and messages. */
export const TEMPLATES = join(ROOT, 'templates');
const MANIFEST = join(ROOT, 'dist', 'assets', 'manifest.json');

/**
 * Pages as HTML. Every template is compiled at start: a syntax error, an unknown helper or a call of a missing partial stops the start.
 * Output is escaped; only `{{{body}}}` of a layout is not.
 */
@Injectable()
export class Views {
  private readonly recompile = process.env['NODE_ENV'] === 'development';
  private templates: Templates;

  constructor(private readonly messages: Messages) {
    this.templates = compileTemplates(messages);
  }

  /** The page `template` (`profile/vehicle`) inside its layout. Throws RangeError when there is no such template. */
  render(template: string, model: { title: string; page: PageContext } & object, layout: 'public' | 'cabinet' | 'office'): string {
    if (this.recompile) this.templates = compileTemplates(this.messages);
    const { page } = model;
    const root = {
      ...model,
      csrfToken: page.csrfToken,
      idempotencyKey: page.idempotencyKey,
      notice: page.notice === null ? null : this.messages.find(page.notice),
      vision: readVision(page.vision),
    };
    return this.run(`layouts/${layout}`, { ...root, body: this.run(template, root) });
  }

  private run(name: string, model: object): string {
    const template = this.templates.get(name);
    if (!template) throw new RangeError(`No template ${name}`);
    return template(model);
  }
}

type Templates = Map<string, Handlebars.TemplateDelegate>;

/** Reads `templates/`: `partials/x.hbs` is called `x`, everything else by its path; each can be a page and a partial. */
function compileTemplates(messages: Messages): Templates {
  const handlebars = Handlebars.create();
  const helpers = templateHelpers({
    messages,
    assetUrl: assetUrls(),
    statuses: JSON.parse(readFileSync(join(TEMPLATES, 'partials', 'statuses.json'), 'utf8')) as Record<
      string,
      { word: string; icon: string; tone: string }
    >,
  });
  handlebars.registerHelper(helpers);
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));

  const templates: Templates = new Map();
  const calls: { from: string; partial: string }[] = [];
  for (const file of readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs')) continue;
    const name = file.replaceAll('\\', '/').replace(/^partials\//, '').replace(/\.hbs$/, '');
    const source = readFileSync(join(TEMPLATES, file), 'utf8');
    for (const partial of partialsCalledBy(source, file)) calls.push({ from: file, partial });
    const specification = handlebars.precompile(source, { knownHelpers, knownHelpersOnly: true, preventIndent: true, srcName: file });
    const { code } = specification as unknown as { code: string };
    const template = handlebars.template(runInThisContext(`(${code})`, { filename: file }) as TemplateSpecification);
    templates.set(name, template);
    handlebars.registerPartial(name, template);
  }
  const missing = calls.filter(({ partial }) => !templates.has(partial));
  if (missing.length) throw new Error(`Missing partials: ${missing.map(({ from, partial }) => `${partial} in ${from}`).join(', ')}`);
  return templates;
}

function partialsCalledBy(source: string, file: string): string[] {
  const names: string[] = [];
  class Calls extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      this.note(partial);
      super.PartialStatement(partial);
    }
    override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
      this.note(partial);
      super.PartialBlockStatement(partial);
    }
    private note({ name }: { name: hbs.AST.PathExpression | hbs.AST.SubExpression }): void {
      if (name.type === 'PathExpression' && !(name).data) names.push((name).original);
    }
  }
  new Calls().accept(Handlebars.parse(source, { srcName: file }));
  return names;
}

/** Names with a content hash from the asset build; before it has run (unit tests) the plain names. */
function assetUrls(): (name: string) => string {
  const manifest = existsSync(MANIFEST) ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>) : {};
  return (name) => `/assets/${manifest[name] ?? name}`;
}
