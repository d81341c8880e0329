import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const enginesFolder = /ENGINESDIR: "(.+)"/.exec(
  spawnSync('openssl', ['version', '-e'], { encoding: 'utf8' }).stdout,
)?.[1];
const gostEngine = join(enginesFolder ?? '/', 'gost.so');

/** The engine for GOST algorithms on this machine (Debian: libengine-gost-openssl); where there is none, the specs that need it are named as skipped. */
export const GOST_ENGINE: string | null = existsSync(gostEngine) ? gostEngine : null;
