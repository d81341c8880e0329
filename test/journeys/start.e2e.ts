import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { EsiaVisitor } from '../support/esia-visitor.js';
import { type Product, startProduct } from '../support/product.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** What the terminal shows when the start is refused. */
const refusalOf = async (environment: Readonly<Record<string, string>>): Promise<string> => {
  try {
    const product = await startProduct({ environment });
    await product.remove();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It started all the same');
};

const reset = (dataDir: string) =>
  spawnSync(process.execPath, ['dist/reset.js'], { cwd: ROOT, env: { ...process.env, DATA_DIR: dataDir }, encoding: 'utf8' });

/** Signs in without a browser; answers the cookie of the session. */
async function sessionOf(product: Product): Promise<string> {
  const start = await fetch(`${product.portal}/auth/esia`, { redirect: 'manual' });
  const state = start.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const back = await new EsiaVisitor().authorize(start.headers.get('location')!, { login: 'maria.nevskaya@example.ru' });
  const answer = await fetch(back, { redirect: 'manual', headers: { cookie: state } });
  return answer.headers.getSetCookie().find((line) => line.startsWith('__Host-session='))!.split(';')[0]!;
}

const cabinetStatus = async (product: Product, cookie: string): Promise<number> =>
  (await fetch(`${product.portal}/cabinet`, { redirect: 'manual', headers: { cookie } })).status;

describe('Starting the product', () => {
  it('keeps the data over a restart, stops everything with Ctrl-C, and empties on request', async () => {
    const dataDir = temporaryFolder('lk-start-');
    const first = await startProduct({ dataDir });
    const cookie = await sessionOf(first);
    expect(await cabinetStatus(first, cookie)).toBe(200);
    expect(reset(dataDir)).toMatchObject({ status: 1, stderr: expect.stringContaining('stop it first') });

    expect(await first.stop()).toBe(0);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    await expect(fetch(`${first.portal}/health/live`)).rejects.toThrow();
    await expect(fetch(first.inbox)).rejects.toThrow();

    const second = await startProduct({ dataDir });
    expect(await cabinetStatus(second, cookie)).toBe(200);
    await second.stop();

    expect(reset(dataDir).status).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
  }, 180_000);

  it('takes over a PostgreSQL that outlived a killed start', async () => {
    const dataDir = temporaryFolder('lk-start-');
    const first = await startProduct({ dataDir });
    const cookie = await sessionOf(first);
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    const pidBefore = readFileSync(pidFile, 'utf8').split('\n')[0];
    await first.kill();
    const second = await startProduct({ dataDir });
    expect(readFileSync(pidFile, 'utf8').split('\n')[0]).toBe(pidBefore);
    expect(await cabinetStatus(second, cookie)).toBe(200);
    await second.remove();
  }, 180_000);

  it('names a taken port and the variable that moves it', async () => {
    const other: Server = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as { port: number };
    const words = await refusalOf({ BANK_PORT: String(port) });
    expect(words).toContain(`port ${port} (BANK_PORT)`);
    expect(words).not.toMatch(/\n\s+at /);
    other.close();
  }, 60_000);

  it('lists every broken variable at once', async () => {
    const words = await refusalOf({ SMTP_URL: 'nonsense', DISCOUNT_POLICY: 'GENEROUS', DATABASE_POOL: 'many' });
    expect(words).toContain('SMTP_URL');
    expect(words).toContain('DISCOUNT_POLICY');
    expect(words).toContain('DATABASE_POOL');
    expect(words).not.toMatch(/\n\s+at /);
  }, 60_000);

  it('says that it cannot write to its folder', async () => {
    expect(await refusalOf({ DATA_DIR: '/dev/null/data' })).toContain('Cannot write to /dev/null/data');
  }, 60_000);
});
