import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FOLDER } from './installation.js';

/* `npm run reset`: empties the data folder. Refuses while the product runs on it. */

const postgres = join(DATA_FOLDER, 'postgres');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const pidFile = join(postgres, 'postmaster.pid');
if (existsSync(pidFile) && isAlive(Number(readFileSync(pidFile, 'utf8').split('\n')[0]))) {
  process.stderr.write(`The product still runs on ${DATA_FOLDER}: stop it first (Ctrl-C in its terminal).\n`);
  process.exit(1);
}
if (existsSync(postgres)) {
  const real = realpathSync(postgres);
  if (real !== postgres) rmSync(real, { recursive: true, force: true });
}
rmSync(DATA_FOLDER, { recursive: true, force: true });
process.stdout.write(`${DATA_FOLDER} is empty.\n`);
