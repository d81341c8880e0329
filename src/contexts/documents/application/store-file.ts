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
import { FileStorage, type WrittenContent } from './ports/file-storage.js';
import { VirusScanner } from './ports/virus-scanner.js';
import { StoreFile } from './store-file.command.js';

/**
 * Streams the upload into the storage, then looks at what arrived: fifty uploads at once hold fifty buffers of a socket, not
 * fifty files. What is refused is erased at once; what a crash leaves behind has no record and is swept away later.
 */
@CommandHandler(StoreFile)
export class StoreFileHandler implements ICommandHandler<StoreFile> {
  constructor(
    private readonly files: StoredFileRepository,
    private readonly storage: FileStorage,
    private readonly inspector: ContentInspector,
    private readonly scanner: VirusScanner,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, fileName, content, allowedExtensions, unscanned }: StoreFile): Promise<StoredFileInfo> {
    const name = FileName.parse(fileName);
    if (allowedExtensions && !allowedExtensions.includes(name.extension)) throw new ExtensionNotAllowed(name.extension);
    const id = this.ids.next();
    const written = await this.storage.put(id, upTo(MAX_FILE_BYTES, content));
    const file = await this.accept(id, ownerId, name, written, unscanned).catch(async (error: unknown) => {
      // After any other failure the record may stand: a commit that nobody answered. Bytes without a record are swept away.
      if (error instanceof DomainError) await this.storage.remove(id);
      throw error;
    });
    if (file.contentId !== id) await this.storage.remove(id);
    const { extension, mediaType, bytes, sha256, scan } = file;
    return { fileId: id, name: file.name, extension, mediaType, bytes, sha256, scan };
  }

  private async accept(
    id: string,
    ownerId: string,
    name: FileName,
    { bytes, sha256 }: WrittenContent,
    unscanned: StoreFile['unscanned'],
  ): Promise<StoredFile> {
    if (bytes === 0) throw new EmptyFile();
    await this.inspector.inspect(name.extension, await this.contentOf(id));
    const scan = await this.scan(id, unscanned);
    const file = StoredFile.accept(id, ownerId, name, { bytes, sha256, scan }, this.clock.now());
    await this.files.add(file, MAX_OWNER_BYTES);
    return file;
  }

  private async scan(id: string, unscanned: StoreFile['unscanned']): Promise<ScanState> {
    try {
      return await this.scanner.scan(await this.contentOf(id));
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
