import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const DIST = resolve(import.meta.dirname, '../../dist');

export interface Outcome {
  readonly code: number | null;
  /** What the terminal showed. */
  readonly output: string;
}

/** Runs a command of operators out of the build (`backup.js`) in an environment of its own; `onStart` has its process. */
export function runCommand(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  onStart?: (child: ChildProcess) => void,
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(DIST, program), ...args], { env: { PATH: process.env['PATH'], ...environment } });
  onStart?.(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words: Buffer) => (output += words.toString()));
  return new Promise((ended) => child.once('close', (code) => ended({ code, output })));
}

/** Sends SIGKILL at the first moment `isThere` answers true. */
export const killWhen = (isThere: () => boolean) => (child: ChildProcess) => {
  const watch = setInterval(() => {
    if (isThere()) child.kill('SIGKILL');
  }, 1);
  child.once('exit', () => clearInterval(watch));
};
