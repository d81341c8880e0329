import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const dockerfile = read('docker/Dockerfile').replace(/\\\n\s*/g, ' ').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const { services } = parse(read('docker/compose.yaml'), { merge: true }) as { services: Record<string, Service> };
const known = read('src/platform/config/config.ts') + read('src/sandbox/main.ts');

describe('The image', () => {
  const stages = dockerfile.filter((line) => line.startsWith('FROM '));

  it('is built in one stage and run in another, both on the Node the product is tested on', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: { node: string } };
    expect(stages).toHaveLength(2);
    for (const stage of stages) expect(stage).toContain(`node:${dependencies.node.split('.')[0]}-`);
  });

  it('does not run as root', () => {
    const last = dockerfile.lastIndexOf(stages[1]!);
    expect(dockerfile.slice(last)).toContain('USER node');
  });

  it('copies only what there is', () => {
    const sources = dockerfile.filter((line) => line.startsWith('COPY ') && !line.includes('--from=')).flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });
});

describe('The composition', () => {
  it('is two web processes, a worker, PostgreSQL, Redis and the sandboxes', () => {
    expect(Object.keys(services).sort()).toEqual(['postgres', 'redis', 'sandboxes', 'web1', 'web2', 'worker']);
    expect(['web1', 'web2', 'worker'].map((name) => services[name]?.environment?.['ROLE'])).toEqual(['web', 'web', 'worker']);
  });

  it.each(['web1', 'web2', 'worker', 'sandboxes'])('sets no variable of %s that nobody reads', (name) => {
    const variables = Object.keys(services[name]?.environment ?? {});
    expect(variables.length).toBeGreaterThan(0);
    expect(variables.filter((variable) => !new RegExp(`\\b${variable}\\b`).test(known))).toEqual([]);
  });

  it('starts the portal after its database and its queue', () => {
    for (const name of ['web1', 'web2', 'worker']) expect(Object.keys(services[name]?.depends_on ?? {})).toEqual(['postgres', 'redis']);
  });
});
