import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { ElectronicDocumentRepository } from '../domain/electronic-document.repository.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { FileStorage } from './ports/file-storage.js';

const HOUR = 3_600_000;
/** A removed document can be brought back for a day. */
const REMOVED_DOCUMENT_KEPT = 24 * HOUR;
/** ESIA may leave a document out for a while: what its owner has attached to it comes back with it. */
const GONE_WITH_FILES_KEPT = 365 * 24 * HOUR;
/** An upload that nothing has claimed. */
const UNCLAIMED_FILE_KEPT = 48 * HOUR;
/** Bytes without a record are an upload in progress, or one that a crash cut short. */
const UNRECORDED_CONTENT_KEPT = HOUR;
const BATCH = 200;

/**
 * Erases what nobody needs any more: removed documents, unclaimed uploads, bytes of infected files, left-over bytes. Safe to repeat and to
 * break off, not to be run while a backup copies the files.
 */
export class SweepFiles extends Command<void> {}

@CommandHandler(SweepFiles)
export class SweepFilesHandler implements ICommandHandler<SweepFiles> {
  constructor(
    private readonly documents: PersonalDocumentRepository,
    private readonly electronic: ElectronicDocumentRepository,
    private readonly files: StoredFileRepository,
    private readonly storage: FileStorage,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    await this.documents.forgetRemovedBefore(this.ago(REMOVED_DOCUMENT_KEPT), this.ago(GONE_WITH_FILES_KEPT));
    await this.electronic.forgetRemovedBefore(this.ago(REMOVED_DOCUMENT_KEPT));
    await this.forgetUnclaimed();
    await this.eraseUnrecorded();
  }

  /** The record goes first: bytes without a record are found again, a record without bytes would be a broken promise. */
  private async forgetUnclaimed(): Promise<void> {
    let forgotten: string[];
    do {
      forgotten = await this.files.forgetUnclaimed(this.ago(UNCLAIMED_FILE_KEPT), BATCH);
      await this.eraseUnneeded(forgotten);
    } while (forgotten.length === BATCH);
  }

  private async eraseUnrecorded(): Promise<void> {
    const written = this.storage.keysWrittenBefore(this.ago(UNRECORDED_CONTENT_KEPT));
    for await (const contentIds of inBatches(written, BATCH)) await this.eraseUnneeded(contentIds);
  }

  /** What no record needs now none will need later: a new record comes to share bytes only beside one that stands. */
  private async eraseUnneeded(contentIds: readonly string[]): Promise<void> {
    const needed = new Set(await this.files.neededContents(contentIds));
    for (const contentId of contentIds) if (!needed.has(contentId)) await this.storage.remove(contentId);
  }

  private ago(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() - milliseconds);
  }
}

async function* inBatches(keys: AsyncIterable<string>, size: number): AsyncIterable<string[]> {
  let batch: string[] = [];
  for await (const key of keys) {
    batch.push(key);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
