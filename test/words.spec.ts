import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Messages } from '../src/platform/views/messages.js';
import { TEMPLATES } from '../src/platform/views/views.js';

const SOURCES = join(import.meta.dirname, '..', 'src');

/** Every match of `pattern`'s first group in the files of `folder` that end so, with the file it stands in. */
const found = (folder: string, ending: string, pattern: RegExp): { value: string; file: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.endsWith('.spec.ts'))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(pattern)].map((match) => ({ value: match[1] ?? '', file })),
    );

describe('what a person reads', () => {
  const messages = new Messages(TEMPLATES);

  it('has words for every notice', () => {
    const notices = found(join(SOURCES, 'contexts'), '.ts', /\bnotice: '([^']+)'/g);
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.filter(({ value }) => messages.find(value) === null)).toEqual([]);
  });

  it('has words for every refusal', () => {
    const codes = found(join(SOURCES, 'contexts'), '.errors.ts', /\bcode = '([^']+)'/g);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter(({ value }) => messages.find(value) === null)).toEqual([]);
  });

  it('has every icon it names in the sprite', () => {
    const icons = JSON.parse(readFileSync(join(TEMPLATES, 'assets', 'icons.json'), 'utf8')) as string[];
    const named = [
      ...found(TEMPLATES, '.hbs', /\bicon[ =]'([^']+)'/g),
      ...found(TEMPLATES, 'statuses.json', /"icon": "([^"]+)"/g),
      ...found(join(SOURCES, 'contexts'), '.ts', /\bicon: '([^']+)'/g),
    ];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ value }) => !icons.includes(value))).toEqual([]);
  });
});
