import { type FileExtension, isFileExtension } from './file-format.js';
import { ExtensionNotAllowed, UnreadableFileName } from './stored-file.errors.js';

const MAX_BYTES = 255;
/** Controls, direction overrides, zero-width and other invisible characters: they make `exe` look like `pdf`. */
const INVISIBLE = /[\p{C}\u2028\u2029]/gu;
const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The name a person gave a file: shown and sent back, never used as a path. */
export class FileName {
  private constructor(
    readonly text: string,
    /** Lower case, without the dot. */
    readonly extension: FileExtension,
  ) {}

  /**
   * Drops folders and invisible characters and cuts to 255 bytes, keeping the extension; the last extension decides.
   * Throws UnreadableFileName (a NUL inside) or ExtensionNotAllowed.
   */
  static parse(given: string): FileName {
    if (given.includes('\0')) throw new UnreadableFileName();
    const shown = given.normalize('NFC').replace(INVISIBLE, '').split(/[/\\]/).at(-1)?.trim() ?? '';
    const dot = shown.lastIndexOf('.');
    const extension = shown.slice(dot + 1).toLowerCase();
    if (dot < 0 || !isFileExtension(extension)) throw new ExtensionNotAllowed(extensionOf(shown, dot));
    return new FileName(cut(shown.slice(0, dot).trim() || 'file', shown.slice(dot)), extension);
  }
}

/** Said back in the refusal, so only as long as an extension sensibly is. */
const extensionOf = (name: string, dot: number): string => (dot < 0 ? '' : name.slice(dot + 1, dot + 11));

function cut(stem: string, suffix: string): string {
  const characters = [...stem];
  while (bytesOf(characters.join('') + suffix) > MAX_BYTES) characters.pop();
  return characters.join('') + suffix;
}
