import { fork } from 'node:child_process';

/** Starts a program of the built product (`main.js`, `sandbox/main.js`) and waits until it is ready. Rejects when it ends before. */
export function startProgram(program, environment, { quiet = false } = {}) {
  return new Promise((started, failed) => {
    const child = fork(new URL(`../../dist/${program}`, import.meta.url), {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'ignore' : 'inherit', 'ipc'],
      execArgv: [],
    });
    child.once('exit', (code, signal) => failed(new Error(`${program} ended with ${signal ?? code}`)));
    child.once('message', () => started(child));
  });
}

/** Sends the signal and waits for the end. */
export const endProgram = (child, signal = 'SIGTERM') =>
  new Promise((ended) => {
    if (child.exitCode !== null || child.signalCode !== null) return ended();
    child.once('exit', ended);
    child.kill(signal);
  });
