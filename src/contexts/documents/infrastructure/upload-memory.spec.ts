import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { InMemoryStoredFiles } from '../../../../test/support/documents-fakes.js';
import { eventually } from '../../../../test/support/eventually.js';
import { jpeg } from '../../../../test/support/sample-files.js';
import { KeyRing } from '../../../platform/security/key-ring.js';
import { StoreFile } from '../application/store-file.command.js';
import { StoreFileHandler } from '../application/store-file.js';
import { AbsentVirusScanner } from './clamd-virus-scanner.js';
import { FileTypeContentInspector } from './content/file-type-content-inspector.js';
import { EncryptedFileStorage } from './encrypted-file-storage.js';
import { FileSystemFileStorage } from './file-system-file-storage.js';

const AT_ONCE = 50;
const FILE_BYTES = 3_145_728;
const CHUNK_BYTES = 64 * 1024;
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that somebody still needs, or that V8 has not freed yet: it does that in the background. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lk-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('holds at most 30 MB of fifty uploads at once, which are 150 MB', async () => {
  const keys = new KeyRing([{ id: 'k1', base64: Buffer.alloc(32, 1).toString('base64') }]);
  const handler = new StoreFileHandler(
    new InMemoryStoredFiles(),
    new EncryptedFileStorage(new FileSystemFileStorage(folder), keys),
    new FileTypeContentInspector(),
    new AbsentVirusScanner(),
    { next: randomUUID },
    { now: () => new Date() },
  );
  const before = heldBytes();
  let arrived = 0;
  const goOn = Promise.withResolvers<void>();
  /** Every upload stops before its last byte until all of them have come so far. */
  async function* upload(): AsyncIterable<Uint8Array> {
    yield jpeg();
    for (let sent = jpeg().length; sent < FILE_BYTES - 1; sent += CHUNK_BYTES)
      yield await Promise.resolve(Buffer.alloc(Math.min(CHUNK_BYTES, FILE_BYTES - 1 - sent)));
    if ((arrived += 1) === AT_ONCE) {
      await eventually('little is held', () => heldBytes() - before < 30 * MB);
      goOn.resolve();
    }
    await goOn.promise;
    yield Buffer.alloc(1);
  }
  const stored = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, at) => handler.execute(new StoreFile(`owner ${at}`, 'скан.jpg', upload()))),
  );
  expect(stored.map(({ bytes }) => bytes)).toEqual(Array.from({ length: AT_ONCE }, () => FILE_BYTES));
  await eventually('all but the six places is given back', () => heldBytes() - before < (18 + 5) * MB);
});
