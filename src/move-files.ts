import pg from 'pg';
import { CopyDiffers, FileMove, type MoveProgress } from './contexts/documents/infrastructure/file-move.js';
import { checkFileStorage, reasonOf, storageAt } from './contexts/documents/infrastructure/file-storages.js';
import { StorageUnavailable } from './contexts/documents/domain/stored-file.errors.js';
import { Obstacle, runOnInstallation } from './installation.js';
import { type Config } from './platform/config/config.js';
import { KEY_ROTATION_LOCK } from './platform/persistence/advisory-locks.js';

/*
 * `npm run files:move`: moves the stored files from the place of FILES_MOVING_FROM to the place of FILES_IN, while the product runs with
 * the same settings. It can be stopped at any moment and run again.
 */

const GO_ON = 'Nothing is lost; run the command again to go on.';
const TELL_EVERY_MS = 1000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const counted = (files: number) => (files === 1 ? '1 file' : `${files} files`);
const sized = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;

function placesOf({ files, s3 }: Config) {
  if (files.movingFrom) return { from: files.movingFrom, to: files.in };
  const settings =
    files.in === 's3' ? 'FILES_MOVING_FROM=folder' : s3 ? 'FILES_MOVING_FROM=s3 and FILES_IN=folder' : 'S3_* and FILES_MOVING_FROM=folder';
  throw new Obstacle(
    `It is not said where to move files from: they are kept in ${files.in}. Set ${settings}, start the product again, and run this command ` +
      'with the same settings.',
  );
}

/**
 * A rotation replaces files, and the move could bring back what it has just replaced. One that is under way is waited for; a new one does not
 * begin while FILES_MOVING_FROM is set.
 */
async function requireNoRotation({ databaseUrl }: Config): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [KEY_ROTATION_LOCK]);
    if (!rows[0]?.free) throw new Obstacle('Keys are being rotated, or a backup is being taken. Move the files when that is done.');
  } finally {
    await client.end();
  }
}

/** Tells how far the move is: at once, then every second. */
function teller(): (progress: MoveProgress) => void {
  let told = -TELL_EVERY_MS;
  return ({ found, moved, bytes }) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    say(`  ${moved} of ${counted(found)}, ${sized(bytes)}`);
  };
}

function explained(error: unknown): unknown {
  if (error instanceof StorageUnavailable) return new Obstacle(`A storage does not answer (${reasonOf(error)}). ${GO_ON}`);
  if (error instanceof CopyDiffers) return new Obstacle(`${error.message}. It is still whole where it was; look after the storage first.`);
  return error;
}

process.once('exit', (code) => {
  if (code === 130) process.stderr.write(`Stopped. ${GO_ON}\n`);
});

await runOnInstallation(async ({ config }) => {
  const { from, to } = placesOf(config);
  await requireNoRotation(config);
  say(`Moving files from ${from} to ${to}`);
  const source = storageAt(from, config);
  try {
    await checkFileStorage(config);
    const { moved, bytes, differing } = await new FileMove(source, storageAt(to, config), teller()).run();
    say(`Moved ${counted(moved)}, ${sized(bytes)}.`);
    if (differing.length > 0)
      throw new Obstacle(
        `${counted(differing.length)} in both places with different content; the product reads what is in ${to}, nothing was removed:\n${differing.join('\n')}`,
      );
    for await (const _key of source.keysWrittenBefore(new Date())) throw new Obstacle(`There are still files in ${from}. ${GO_ON}`);
    say(`All files are in ${to}. Take FILES_MOVING_FROM away and start the product again.`);
  } catch (error) {
    throw explained(error);
  }
});
