import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';

/** Whether this machine has a Redis server; where it has none, the specs on Redis are named as skipped. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of this spec alone, as BullMQ wants it (no eviction), without anything kept on disk. */
export async function startRedis(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const [port] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'lk-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', '--dir', folder];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((ready, failed) => {
    server.once('exit', (code) => failed(new Error(`redis-server stopped with ${code ?? 'a signal'}`)));
    server.stdout.on('data', (words: Buffer) => {
      if (words.includes('Ready to accept connections')) ready();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () =>
      new Promise((stopped) => {
        server.removeAllListeners('exit');
        server.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          stopped();
        });
        server.kill('SIGTERM');
      }),
  };
}
