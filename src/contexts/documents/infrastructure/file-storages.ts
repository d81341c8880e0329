import { join } from 'node:path';
import { type Config, InvalidEnvironment } from '../../../platform/config/config.js';
import { type FilePlace } from '../../../platform/config/file-places.js';
import { type KeyRing } from '../../../platform/security/key-ring.js';
import { type FileStorage } from '../application/ports/file-storage.js';
import { type StorageUnavailable } from '../domain/stored-file.errors.js';
import { EncryptedFileStorage } from './encrypted-file-storage.js';
import { FileSystemFileStorage } from './file-system-file-storage.js';
import { MovingFileStorage } from './moving-file-storage.js';
import { S3FileStorage, StorageRefuses } from './s3-file-storage.js';

/** Files as they lie in a place: encrypted bytes. The settings are known to name the bucket when the place is one. */
export const storageAt = (place: FilePlace, { dataDir, s3 }: Config): FileStorage =>
  place === 's3'
    ? new S3FileStorage(s3!, join(dataDir, 'incoming'))
    : new FileSystemFileStorage(join(dataDir, 'files'));

/** Files as they lie in the places of the settings, two of them while files are moved: encrypted bytes. */
export function sealedFiles(config: Config): FileStorage {
  const { in: place, movingFrom } = config.files;
  const target = storageAt(place, config);
  return movingFrom ? new MovingFileStorage(target, storageAt(movingFrom, config)) : target;
}

/** The files of the product, encrypted on the way in and decrypted on the way out. */
export const openFileStorage = (config: Config, keyRing: KeyRing): FileStorage =>
  new EncryptedFileStorage(sealedFiles(config), keyRing);

/** Asks the bucket, where one is in use, whether the settings fit. Throws InvalidEnvironment when it refuses, StorageUnavailable. */
export async function checkFileStorage(config: Config): Promise<void> {
  if (!config.s3 || ![config.files.in, config.files.movingFrom].includes('s3')) return;
  const storage = new S3FileStorage(config.s3, join(config.dataDir, 'incoming'));
  try {
    await storage.check();
  } catch (error) {
    throw error instanceof StorageRefuses ? new InvalidEnvironment([error.message]) : error;
  } finally {
    storage.close();
  }
}

/** Whether files lie in the folder and the settings look for them in the bucket only. */
export async function areFilesLeftBehind(config: Config): Promise<boolean> {
  if (config.files.in === 'folder' || config.files.movingFrom) return false;
  for await (const _key of storageAt('folder', config).keysWrittenBefore(new Date())) return true;
  return false;
}

/** What the storage itself said, in a line for a log or a terminal. */
export function reasonOf({ cause }: StorageUnavailable): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message || 'no words'}` : String(cause);
}
