import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Injectable } from '@nestjs/common';

import { type HelperSources, templateHelpers } from './template-helpers.js';
import { Messages } from './messages.js';
import { compileTemplates, type Templates } from './templates.js';
import { readVision } from './vision.js';

/** What the frame around a page needs to know about the request. */
export interface PageContext {
  citizen: { displayName: string } | null;
  staff: { name: string; role: string; authorityName: string | null } | null;
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
    this.templates = this.compile();
  }

  /** The page `template` (`profile/vehicle`) inside its layout. Throws RangeError when there is no such template. */
  render(
    template: string,
    model: { title: string; page: PageContext } & object,
    layout: 'public' | 'cabinet' | 'office',
  ): string {
    if (this.recompile) this.templates = this.compile();
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

  private compile(): Templates {
    const statuses = JSON.parse(
      readFileSync(join(TEMPLATES, 'partials', 'statuses.json'), 'utf8'),
    ) as HelperSources['statuses'];
    return compileTemplates(TEMPLATES, templateHelpers({ messages: this.messages, assetUrl: assetUrls(), statuses }));
  }
}

/** Names with a content hash from the asset build; before it has run (unit tests) the plain names. */
function assetUrls(): (name: string) => string {
  const manifest = existsSync(MANIFEST) ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>) : {};
  return (name) => `/assets/${manifest[name] ?? name}`;
}
