import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { Ids } from '../../../kernel/ids.js';
import { MAX_FILE_BYTES, MAX_OWNER_BYTES } from '../domain/file-format.js';
import { FileName } from '../domain/file-name.js';
import {
  EmptyFile,
  ExtensionNotAllowed,
  FileNotFound,
  FileTooLarge,
  ScannerUnavailable,
} from '../domain/stored-file.errors.js';
import { type ScanState, StoredFile } from '../domain/stored-file.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { type StoredFileInfo } from './attachable-files.query.js';
import { ContentInspector } from './ports/content-inspector.js';
import { FileStorage } from './ports/file-storage.js';
import { VirusScanner } from './ports/virus-scanner.js';
import { StoreFile } from './store-file.command.js';
import { UploadPlaces } from './upload-places.js';

/** Reads what arrived, as often as it is asked for. */
type Arrived = () => Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array>;

/**
 * Takes an upload into a place of memory, or, when all are taken, straight into the storage and back from there: fifty uploads at once
 * hold a few files and fifty buffers of a socket. Then looks at what arrived. What is refused is erased at once; what a crash leaves
 * behind has no record and is swept away later.
 */
@CommandHandler(StoreFile)
export class StoreFileHandler implements ICommandHandler<StoreFile> {
  private readonly places = new UploadPlaces();

  constructor(
    private readonly files: StoredFileRepository,
    private readonly storage: FileStorage,
    private readonly inspector: ContentInspector,
    private readonly scanner: VirusScanner,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute(upload: StoreFile): Promise<StoredFileInfo> {
    const name = FileName.parse(upload.fileName);
    const { allowedExtensions } = upload;
    if (allowedExtensions && !allowedExtensions.includes(name.extension)) throw new ExtensionNotAllowed(name.extension);
    const id = this.ids.next();
    const place = await this.places.take();
    try {
      await place?.fill(upload.content);
      const bytes = await this.storage.put(id, place ? place.content() : upTo(MAX_FILE_BYTES, upload.content));
      const arrived = place ? () => place.content() : () => this.contentOf(id);
      const { mediaType, sha256, scan } = await this.keep(id, name, upload, bytes, arrived);
      return { fileId: id, name: name.text, extension: name.extension, mediaType, bytes, sha256, scan };
    } finally {
      if (place) this.places.leave(place);
    }
  }

  /** The bytes stay only when the record needs them. */
  private async keep(
    id: string,
    name: FileName,
    upload: StoreFile,
    bytes: number,
    arrived: Arrived,
  ): Promise<StoredFile> {
    const file = await this.accept(id, name, upload, bytes, arrived).catch(async (error: unknown) => {
      // After any other failure the record may stand: a commit that nobody answered. Bytes without a record are swept away.
      if (error instanceof DomainError) await this.storage.remove(id);
      throw error;
    });
    if (file.contentId !== id) await this.storage.remove(id);
    return file;
  }

  private async accept(
    id: string,
    name: FileName,
    { ownerId, unscanned }: StoreFile,
    bytes: number,
    arrived: Arrived,
  ): Promise<StoredFile> {
    if (bytes === 0) throw new EmptyFile();
    const sha256 = await this.inspector.inspect(name.extension, await arrived());
    const scan = await this.scan(await arrived(), unscanned);
    const file = StoredFile.accept(id, ownerId, name, { bytes, sha256, scan }, this.clock.now());
    await this.files.add(file, MAX_OWNER_BYTES);
    return file;
  }

  private async scan(content: AsyncIterable<Uint8Array>, unscanned: StoreFile['unscanned']): Promise<ScanState> {
    try {
      return await this.scanner.scan(content);
    } catch (error) {
      if (error instanceof ScannerUnavailable && unscanned === 'QUARANTINE') return 'PENDING';
      throw error;
    }
  }

  private async contentOf(id: string): Promise<AsyncIterable<Uint8Array>> {
    const content = await this.storage.read(id);
    if (!content) throw new FileNotFound();
    return content;
  }
}

async function* upTo(maxBytes: number, content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new FileTooLarge(maxBytes);
    yield chunk;
  }
}
