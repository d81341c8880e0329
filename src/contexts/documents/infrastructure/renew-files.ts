import { UndecipherableText } from '../../../platform/security/key-ring.js';
import { FileNotFound } from '../domain/stored-file.errors.js';
import { ChangedContent, type EncryptedFileStorage } from './encrypted-file-storage.js';

const AT_ONCE = 4;
/** Later than anything was written, by whatever clock. */
const ALWAYS = new Date(8.64e15);

/** What became of the files. */
export interface RenewedFiles {
  readonly renewed: number;
  /** Keys of files that cannot be opened; they are left as they are. */
  readonly unreadable: readonly string[];
}

/** Encrypts anew every file that rests on an older key than the newest. Can be broken off and repeated. Throws StorageUnavailable. */
export async function renewFiles(storage: EncryptedFileStorage): Promise<RenewedFiles> {
  const unreadable: string[] = [];
  let renewed = 0;
  await eachFile(storage, async (key) => {
    try {
      if (await storage.renew(key)) renewed += 1;
    } catch (error) {
      if (!(error instanceof UndecipherableText || error instanceof ChangedContent)) throw error;
      unreadable.push(key);
    }
  });
  return { renewed, unreadable };
}

/** How many files rest on which key, by its id; those that no EncryptedFileStorage wrote count under an empty one. */
export async function keysInFiles(storage: EncryptedFileStorage): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  await eachFile(storage, async (key) => {
    const keyId = await storage.keyIdOf(key).catch((error: unknown) => {
      if (error instanceof ChangedContent) return '';
      throw error;
    });
    if (keyId !== null) found.set(keyId, (found.get(keyId) ?? 0) + 1);
  });
  return found;
}

/** A file that the product removes meanwhile is none of them. */
async function eachFile(storage: EncryptedFileStorage, work: (key: string) => Promise<void>): Promise<void> {
  const keys = storage.keysWrittenBefore(ALWAYS)[Symbol.asyncIterator]();
  const worker = async (): Promise<void> => {
    for (let next = await keys.next(); !next.done; next = await keys.next()) {
      await work(next.value).catch((error: unknown) => {
        if (!(error instanceof FileNotFound)) throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
