import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { MAX_FILE_BYTES, MAX_OWNER_BYTES } from '../domain/file-format.js';
import { FileName } from '../domain/file-name.js';
import {
  EmptyFile,
  ExtensionNotAllowed,
  FileNotFound,
  FileTooLarge,
  QuotaExceeded,
} from '../domain/stored-file.errors.js';
import { StoredFile } from '../domain/stored-file.js';
import { StoredFileRepository } from '../domain/stored-file.repository.js';
import { type StoredFileInfo } from './attachable-files.query.js';
import { ContentInspector } from './ports/content-inspector.js';
import { FileStorage } from './ports/file-storage.js';
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

  async execute({ ownerId, fileName, content, allowedExtensions }: StoreFile): Promise<StoredFileInfo> {
    const name = FileName.parse(fileName);
    if (allowedExtensions && !allowedExtensions.includes(name.extension)) throw new ExtensionNotAllowed(name.extension);
    const room = MAX_OWNER_BYTES - (await this.files.bytesOf(ownerId));
    if (room <= 0) throw new QuotaExceeded();
    const file = await this.take(ownerId, name, content, room);
    await this.files.add(file);
    const { id, extension, mediaType, bytes, sha256 } = file;
    return { fileId: id, name: file.name, extension, mediaType, bytes, sha256 };
  }

  private async take(
    ownerId: string,
    name: FileName,
    content: AsyncIterable<Uint8Array>,
    room: number,
  ): Promise<StoredFile> {
    const id = this.ids.next();
    const { bytes, sha256 } = await this.storage.put(id, upTo(MAX_FILE_BYTES, content));
    try {
      if (bytes === 0) throw new EmptyFile();
      if (bytes > room) throw new QuotaExceeded();
      await this.inspector.inspect(name.extension, await this.contentOf(id));
      const scan = await this.scanner.scan(await this.contentOf(id));
      return StoredFile.accept(id, ownerId, name, { bytes, sha256, scan }, this.clock.now());
    } catch (refusal) {
      await this.storage.remove(id);
      throw refusal;
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
