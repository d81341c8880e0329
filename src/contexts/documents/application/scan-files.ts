import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FileNotFound, InfectedFile, ScannerUnavailable } from '../domain/stored-file.errors.js';
import { type ScanState } from '../domain/stored-file.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { FileStorage } from './ports/file-storage.js';
import { VirusScanner } from './ports/virus-scanner.js';

const BATCH = 100;
/** One file that the scanner cannot take does not keep the others waiting; so many in a row say that it is the scanner. */
const SILENCES = 3;

/**
 * Gives a verdict on every file that has none: first on those in quarantine, then on those stored while there was no scanner. A clean file
 * is set free, an infected one is marked, its bytes are erased and its owner is told. Without a scanner the quarantine is lifted with
 * the mark "not scanned". Each verdict is stored by itself, so a run can be killed at any moment and goes on with the next one. Throws the
 * last failure at its end: ScannerUnavailable, or what the storage threw. Not to be run while a backup copies the files.
 */
export class ScanFiles extends Command<void> {}

@CommandHandler(ScanFiles)
export class ScanFilesHandler implements ICommandHandler<ScanFiles> {
  constructor(
    private readonly files: StoredFileRepository,
    private readonly storage: FileStorage,
    private readonly scanner: VirusScanner,
  ) {}

  async execute(): Promise<void> {
    const waiting = await this.scanAll('PENDING');
    const failure = (await this.scanAll('NOT_SCANNED')) ?? waiting;
    if (failure) throw failure;
  }

  /** What went wrong last; throws when it is of no use to go on. */
  private async scanAll(state: 'PENDING' | 'NOT_SCANNED'): Promise<Error | null> {
    let failure: Error | null = null;
    let silences = 0;
    for await (const contentId of this.contentsIn(state)) {
      try {
        const verdict = await this.verdictOn(contentId);
        if (verdict === state) return failure; // nobody scans here
        await this.settle(contentId, verdict);
        silences = 0;
      } catch (error) {
        silences = error instanceof ScannerUnavailable ? silences + 1 : 0;
        if (silences === SILENCES) throw error;
        failure = error as Error;
      }
    }
    return failure;
  }

  private async *contentsIn(state: ScanState): AsyncIterable<string> {
    let after: string | null = null;
    for (;;) {
      const batch: string[] = await this.files.contentsIn(state, after, BATCH);
      yield* batch;
      if (batch.length < BATCH) return;
      after = batch.at(-1) ?? null;
    }
  }

  private async verdictOn(contentId: string): Promise<'CLEAN' | 'NOT_SCANNED' | 'INFECTED'> {
    const content = await this.storage.read(contentId);
    if (!content) throw new FileNotFound();
    try {
      return await this.scanner.scan(content);
    } catch (error) {
      if (error instanceof InfectedFile) return 'INFECTED';
      throw error;
    }
  }

  /** A record that came to share the bytes in the meantime still waits for its verdict, and needs them for that. */
  private async settle(contentId: string, verdict: 'CLEAN' | 'NOT_SCANNED' | 'INFECTED'): Promise<void> {
    await this.files.judge(contentId, verdict);
    if (verdict !== 'INFECTED') return;
    const needed = await this.files.neededContents([contentId]);
    if (needed.length === 0) await this.storage.remove(contentId);
  }
}
