import { type FileExtension } from '../../domain/file-format.js';

/** Decides by the content whether a file is what its extension says and is safe to keep (fact sheet §5.1, §5.2). */
export abstract class ContentInspector {
  /**
   * Answers the SHA-256 of a good file, in hex. Throws ContentMismatch, MacroNotAllowed, ActiveContent, EncryptedFile, ImageTooLarge or
   * SuspiciousArchive. Reads at most MAX_FILE_BYTES and may wait its turn before it begins to read.
   */
  abstract inspect(extension: FileExtension, content: AsyncIterable<Uint8Array>): Promise<string>;
}
