import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

function violationsIn(folder: string): Violation[] {
  const args = [CRUISER, 'src', '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const result = JSON.parse(output) as { summary: { violations: Violation[]; totalCruised: number } };
  if (result.summary.totalCruised === 0) throw new Error('Nothing was read');
  return result.summary.violations;
}

/** One file that breaks each rule, and what it needs to break it. */
const PLANTED: readonly { readonly rule: string; readonly files: Readonly<Record<string, string>>; readonly culprit: string }[] = [
  {
    rule: 'no-cycle',
    culprit: 'src/kernel/one.ts',
    files: { 'src/kernel/one.ts': "import { two } from './two.js';\nexport const one = () => two;", 'src/kernel/two.ts': "import { one } from './one.js';\nexport const two = () => one;" },
  },
  { rule: 'no-unresolved', culprit: 'src/kernel/lost.ts', files: { 'src/kernel/lost.ts': "import './nowhere.js';" } },
  { rule: 'kernel-is-pure', culprit: 'src/kernel/file.ts', files: { 'src/kernel/file.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;" } },
  {
    rule: 'domain-is-pure',
    culprit: 'src/contexts/a/domain/thing.ts',
    files: { 'src/contexts/a/domain/thing.ts': "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;" },
  },
  {
    rule: 'use-cases-know-no-adapter',
    culprit: 'src/contexts/a/application/do-it.ts',
    files: {
      'src/contexts/a/application/do-it.ts': "import { adapter } from '../infrastructure/adapter.js';\nexport const x = adapter;",
      'src/contexts/a/infrastructure/adapter.ts': 'export const adapter = 1;',
    },
  },
  {
    rule: 'contexts-meet-at-public',
    culprit: 'src/contexts/a/web/page.ts',
    files: { 'src/contexts/a/web/page.ts': "import { secret } from '../../b/domain/secret.js';\nexport const x = secret;", 'src/contexts/b/domain/secret.ts': 'export const secret = 1;' },
  },
  {
    rule: 'public-shows-contracts-only',
    culprit: 'src/contexts/a/public.ts',
    files: { 'src/contexts/a/public.ts': "export { handler } from './application/handler.js';", 'src/contexts/a/application/handler.ts': 'export const handler = 1;' },
  },
  {
    rule: 'published-files-import-little',
    culprit: 'src/contexts/a/application/ask.query.ts',
    files: { 'src/contexts/a/application/ask.query.ts': "import pg from 'pg';\nexport const x = pg;" },
  },
  {
    rule: 'edges-do-not-meet',
    culprit: 'src/contexts/a/web/page.ts',
    files: { 'src/contexts/a/web/page.ts': "import { table } from '../infrastructure/table.js';\nexport const x = table;", 'src/contexts/a/infrastructure/table.ts': 'export const table = 1;' },
  },
  {
    rule: 'platform-knows-no-context',
    culprit: 'src/platform/http/menu.ts',
    files: { 'src/platform/http/menu.ts': "import { items } from '../../contexts/a/public.js';\nexport const x = items;", 'src/contexts/a/public.ts': "export { items } from './application/items.query.js';", 'src/contexts/a/application/items.query.ts': 'export const items = 1;' },
  },
  {
    rule: 'sandbox-knows-nobody',
    culprit: 'src/sandbox/bank/server.ts',
    files: { 'src/sandbox/bank/server.ts': "import { money } from '../../kernel/money.js';\nexport const x = money;", 'src/kernel/money.ts': 'export const money = 1;' },
  },
  {
    rule: 'nobody-knows-sandbox',
    culprit: 'src/platform/http/shortcut.ts',
    files: { 'src/platform/http/shortcut.ts': "import { bank } from '../../sandbox/bank.js';\nexport const x = bank;", 'src/sandbox/bank.ts': 'export const bank = 1;' },
  },
];

describe('Dependency rules', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  const plant = (files: Readonly<Record<string, string>>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'lk-rules-'));
    folders.push(folder);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    writeFileSync(join(folder, 'tsconfig.json'), readFileSync(join(ROOT, 'tsconfig.json')));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    return folder;
  };

  it('hold in the product', () => {
    expect(violationsIn(ROOT).map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });

  it.each(PLANTED)('report a planted violation of $rule', ({ rule, files, culprit }) => {
    expect(violationsIn(plant(files)).map((violation) => `${violation.rule.name}: ${violation.from}`)).toContain(`${rule}: ${culprit}`);
  });

  it('cover every rule of the configuration with a planted violation', () => {
    const configured = [...readFileSync(join(ROOT, '.dependency-cruiser.cjs'), 'utf8').matchAll(/name: '([\w-]+)'/g)].map(([, name]) => name);
    expect(PLANTED.map(({ rule }) => rule).sort()).toEqual(configured.sort());
  });
});
