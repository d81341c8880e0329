/* (d) Uploads of 3 MB, 50 at once: the product against a bare Fastify that writes the same bytes to the disk. */
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProgram } from '../support/processes.js';
import { cpuOf, summarise } from './measure.js';
import { sendBy } from './submit.js';

const AT_ONCE = 50;

/** Starts the bare side; its files go to `folder`. Rejects when it ends before it listens. */
export const startBareUpload = (port, folder) =>
  new Promise((started, failed) => {
    mkdirSync(folder, { recursive: true });
    const server = fork(new URL('./bare-upload.js', import.meta.url), {
      env: { PATH: process.env.PATH, PORT: String(port), FOLDER: folder },
      execArgv: [],
    });
    server.once('exit', (code, signal) => failed(new Error(`The bare server ended with ${signal ?? code}`)));
    server.once('message', () =>
      started({ address: `http://127.0.0.1:${port}`, pid: server.pid, folder, stop: () => endProgram(server) }),
    );
  });

/** From now on the kernel notes the peak anew. */
const forgetPeak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5');
/** The most memory the process has held since, in MB; null where the kernel does not say. */
function peakOf(pid) {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return peak ? Math.round(Number(peak) / 1024) : null;
}
const onLinux = process.platform === 'linux';

async function uploadBy(side, { address, pid }, visitors) {
  if (onLinux) forgetPeak(pid);
  const before = await cpuOf(address);
  const result = await sendBy('scan', { address, connections: AT_ONCE, product: side === 'product' }, visitors, AT_ONCE);
  const spent = (await cpuOf(address)) - before;
  return {
    ...summarise(result),
    'CPU ms each': Math.round((spent / visitors.length) * 100) / 100,
    ...(onLinux ? { 'peak MB': peakOf(pid) } : {}),
  };
}

/** What the storage of the product holds, in files. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

/**
 * One round: every visitor sends one file to each side. Files that were answered with 201 and are not on the disk (for the product: nor
 * recorded) are lost. Afterwards both sides are emptied.
 */
export async function uploadScans({ product, bare, pool, visitors, productFirst }) {
  const rows = {};
  for (const side of productFirst ? ['product', 'bare'] : ['bare', 'product'])
    rows[side] = await uploadBy(side, side === 'product' ? product : bare, visitors);
  const { rows: recorded } = await pool.query('delete from documents.stored_file returning id');
  const taken = (side) => visitors.length - rows[side].errors;
  rows.product.lost = taken('product') - Math.min(recorded.length, filesIn(product.folder));
  rows.bare.lost = taken('bare') - filesIn(bare.folder);
  for (const { folder } of [product, bare]) for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  return rows;
}
