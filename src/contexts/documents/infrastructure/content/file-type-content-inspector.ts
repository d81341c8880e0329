import { hash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { ContentInspector } from '../../application/ports/content-inspector.js';
import { type FileExtension } from '../../domain/file-format.js';
import {
  ActiveContent,
  ContentMismatch,
  EncryptedFile,
  ImageTooLarge,
  MacroNotAllowed,
} from '../../domain/stored-file.errors.js';
import { compoundFileEntries } from './compound-file.js';
import { isDetachedSignature } from './detached-signature.js';
import { readJpeg } from './jpeg.js';
import { inspectOfficePackage } from './office-package.js';
import { checkPdf } from './pdf.js';
import { hidesAnotherFile, isTooLarge } from './picture-limits.js';
import { readPsp } from './psp.js';
import { readTiff } from './tiff.js';

/** Files looked at together: each is held in memory whole, three megabytes at most. */
const AT_ONCE = 4;

/** What the library says each format is; it knows neither psp nor sig, and does not tell doc from xls. */
const RECOGNISED_AS: Partial<Record<FileExtension, string>> = {
  jpg: 'jpg',
  jpeg: 'jpg',
  tiff: 'tif',
  pdf: 'pdf',
  doc: 'cfb',
  xls: 'cfb',
};

/** Looks at files in the thread it is called in: a program that serves nobody meanwhile has no other. */
export class FileTypeContentInspector extends ContentInspector {
  private free = AT_ONCE;
  private readonly waiting: (() => void)[] = [];

  override async inspect(extension: FileExtension, content: AsyncIterable<Uint8Array>): Promise<string> {
    await this.turn();
    try {
      return await inspectBytes(extension, await bytesOf(content));
    } finally {
      this.done();
    }
  }

  private async turn(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private done(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What `ContentInspector.inspect` promises, of a file held whole. */
export async function inspectBytes(extension: FileExtension, bytes: Buffer): Promise<string> {
  await requireGood(extension, bytes);
  return hash('sha256', bytes);
}

async function requireGood(extension: FileExtension, bytes: Buffer): Promise<void> {
  const expected = RECOGNISED_AS[extension];
  const recognised = expected && (await fileTypeFromBuffer(bytes))?.ext;
  if (recognised !== expected) throw new ContentMismatch(extension);
  switch (extension) {
    case 'jpg':
    case 'jpeg':
      return checkJpeg(bytes);
    case 'tiff':
      return checkTiff(bytes);
    case 'psp':
      return checkPsp(bytes);
    case 'pdf':
      return checkPdf(bytes);
    case 'sig':
      if (!isDetachedSignature(bytes)) throw new ContentMismatch(extension);
      return;
    case 'doc':
    case 'xls':
      return checkCompoundFile(extension, bytes);
    case 'docx':
    case 'xlsx':
      if (compoundFileEntries(bytes)?.has(ENCRYPTED_PACKAGE)) throw new EncryptedFile();
      return inspectOfficePackage(extension, bytes);
  }
}

function checkJpeg(bytes: Buffer): void {
  const jpeg = readJpeg(bytes);
  if (!jpeg || hidesAnotherFile(bytes.subarray(jpeg.end))) throw new ContentMismatch('jpg');
  if (isTooLarge(jpeg.size)) throw new ImageTooLarge();
}

function checkTiff(bytes: Buffer): void {
  const tiff = readTiff(bytes);
  if (!tiff || hidesAnotherFile(bytes.subarray(tiff.end))) throw new ContentMismatch('tiff');
  if (tiff.tooManyPages || tiff.pages.some(isTooLarge)) throw new ImageTooLarge();
}

function checkPsp(bytes: Buffer): void {
  const psp = readPsp(bytes);
  if (!psp || hidesAnotherFile(bytes.subarray(psp.end))) throw new ContentMismatch('psp');
  if (isTooLarge(psp.size)) throw new ImageTooLarge();
}

const ENCRYPTED_PACKAGE = 'encryptedpackage';
const MAIN_STREAMS = { doc: ['worddocument'], xls: ['workbook', 'book'] } as const;
const MACROS = ['macros', '_vba_project_cur', '_vba_project', 'vba'];
/** A file of any kind, programs included, wrapped by the Object Packager. */
const PACKAGED_FILE = '\x01ole10native';

function checkCompoundFile(extension: 'doc' | 'xls', bytes: Buffer): void {
  const entries = compoundFileEntries(bytes);
  if (entries?.has(ENCRYPTED_PACKAGE)) throw new EncryptedFile();
  if (!entries || !MAIN_STREAMS[extension].some((stream) => entries.has(stream))) throw new ContentMismatch(extension);
  if (MACROS.some((name) => entries.has(name))) throw new MacroNotAllowed();
  if (entries.has(PACKAGED_FILE)) throw new ActiveContent();
}
