import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { formatDate, formatDateTime, formatMoney } from './format.js';

/** Words shown for a code: a notice, a refusal, a choice. */
export interface Message {
  title: string | null;
  text: string;
  action: { href: string; text: string } | null;
}

type Entry = string | { title?: string; text: string; action?: { href: string; text: string } };

type Detail = string | number;

const formats: Record<string, (value: Detail) => string> = {
  money: (value) => formatMoney(Number(value)),
  date: (value) => formatDate(String(value)),
  dateTime: (value) => formatDateTime(String(value)),
};

/**
 * `{name}` becomes the detail of that name, `{name|money}`, `{name|date}`, `{name|dateTime}` the detail formatted.
 * A sentence that ends in a date («… 2026 г.») has one full stop, not two.
 */
const fill = (text: string, details: Readonly<Record<string, unknown>>): string =>
  text
    .replace(/\{(\w+)(?:\|(\w+))?\}/g, (_, name: string, format?: string) => {
      const value = details[name];
      if (typeof value !== 'string' && typeof value !== 'number') return '';
      return (formats[format ?? ''] ?? String)(value);
    })
    .replace(/г\.\.(?!\.)/g, 'г.');

/** Every `templates/<folder>/messages.json`, merged. A code starts with the name of its folder, so no two folders can share one. */
export class Messages {
  private readonly entries = new Map<string, Entry>();

  /** Throws when a file is no JSON object or a code does not belong to its folder. */
  constructor(templatesFolder: string) {
    for (const folder of readdirSync(templatesFolder, { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      const path = join(templatesFolder, folder.name);
      if (!readdirSync(path).includes('messages.json')) continue;
      const entries = JSON.parse(readFileSync(join(path, 'messages.json'), 'utf8')) as Record<string, Entry>;
      for (const [code, entry] of Object.entries(entries)) {
        if (!code.startsWith(`${basename(path)}.`))
          throw new Error(`${path}/messages.json: code ${code} belongs to another folder`);
        this.entries.set(code, entry);
      }
    }
  }

  /** The words of `code` with `details` filled in; null when there are none. */
  find(code: string, details: Readonly<Record<string, unknown>> = {}): Message | null {
    const entry = this.entries.get(code);
    if (entry === undefined) return null;
    const { title, text, action } = typeof entry === 'string' ? { text: entry } : entry;
    return {
      title: title === undefined ? null : fill(title, details),
      text: fill(text, details),
      action: action === undefined ? null : { href: fill(action.href, details), text: action.text },
    };
  }

  /** The text of a code that must exist: a missing one is our mistake and throws. */
  text(code: string, details: Readonly<Record<string, unknown>> = {}): string {
    const message = this.find(code, details);
    if (message === null) throw new RangeError(`No words for ${code}`);
    return message.text;
  }
}
