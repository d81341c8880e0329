import { Command } from '@nestjs/cqrs';
import { type StoredFileInfo } from './attachable-files.query.js';

/**
 * Takes one upload. Size is limited while streaming, the type decided by content (fact sheet §5). Throws FileTooLarge,
 * ContentMismatch, EmptyFile, ExtensionNotAllowed and their kin, having stored nothing. Bytes equal to those of another file of the
 * owner are stored once; the records stay apart.
 */
export class StoreFile extends Command<StoredFileInfo> {
  constructor(
    /** Account id of a citizen, or the id of a staff member. */
    readonly ownerId: string,
    readonly fileName: string,
    readonly content: AsyncIterable<Uint8Array>,
    /** Where the service takes fewer kinds than the cabinet. */
    readonly allowedExtensions?: readonly string[],
    /**
     * What to do while a virus scanner is set up and does not answer: refuse with ScannerUnavailable (what is uploaded straight into an
     * application is sent at once), or keep the file in quarantine until it answers.
     */
    readonly unscanned: 'REFUSE' | 'QUARANTINE' = 'REFUSE',
  ) {
    super();
  }
}

/**
 * Says that `holder` (`application:…`, `draft:…`) needs these files: nothing removes them until it lets go of them. Repeating it
 * changes nothing. Throws FileNotFound when one is gone, FileInQuarantine or FileInfected when one may not be sent. What only drafts hold still counts as the owner's own store.
 */
export class HoldFiles extends Command<void> {
  constructor(
    readonly holder: string,
    readonly fileIds: readonly string[],
  ) {
    super();
  }
}

/** Says that `holder` needs none of its files any more; what nobody else needs is erased in time. Repeating it changes nothing. */
export class ReleaseFiles extends Command<void> {
  constructor(readonly holder: string) {
    super();
  }
}
