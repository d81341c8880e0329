import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePorts } from './free-ports.js';

const CLAMD = ['clamd', '/usr/sbin/clamd'].find((command) => spawnSync(command, ['--version']).status === 0);

/** Whether this machine has ClamAV's daemon; where it has none, the specs on it are named as skipped. */
export const hasClamd = CLAMD !== undefined;

/** The harmless file that every scanner finds: the test virus of EICAR. */
export const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** A clamd of this spec alone, which knows one signature (that of EICAR) and asks nobody for more. */
export async function startClamd(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'lk-clamd-'));
  const settings = {
    DatabaseDirectory: folder,
    TCPAddr: '127.0.0.1',
    TCPSocket: port,
    User: userInfo().username,
    Foreground: 'yes',
    StreamMaxLength: '4M',
  };
  const config = join(folder, 'clamd.conf');
  writeFileSync(config, Object.entries(settings).map(([name, value]) => `${name} ${value}\n`).join(''));
  writeFileSync(join(folder, 'eicar.ndb'), `Eicar-Test-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`);
  const server = spawn(CLAMD ?? '', ['--config-file', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  const stopped = once(server, 'exit');
  await eventually('clamd answers', () => {
    if (server.exitCode !== null) throw new Error(`clamd stopped with ${server.exitCode}`);
    return answers(port);
  });
  return {
    url: `tcp://127.0.0.1:${port}`,
    stop: async () => {
      server.kill('SIGTERM');
      await stopped;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('zPING\0'));
    socket.on('data', (words: Buffer) => resolve(words.includes('PONG')));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
