import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import {
  ActiveContent,
  ContentMismatch,
  EncryptedFile,
  MacroNotAllowed,
  SuspiciousArchive,
} from '../../domain/stored-file.errors.js';
import { checkContentTypes, checkRelationships, textOfXml } from './office-lists.js';

const MAX_ENTRIES = 1000;
const MAX_UNPACKED = 50 * 1024 * 1024;
const MAX_RATIO = 100;
/** Small parts pack well without being a bomb. */
const RATIO_MATTERS_FROM = 1024 * 1024;
/** Lists of parts and relationships of real documents are a few kilobytes. */
const MAX_LIST = 1024 * 1024;
/** Office writes no comment behind a package; somebody else might hide a file there. */
const MAX_COMMENT = 64;

const LOCAL_ENTRY = Buffer.from('PK\x03\x04', 'latin1');
const MAIN_PART = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;
const LIST = /\.rels$|^\[Content_Types\]\.xml$/i;

const NESTED = /\.(zip|rar|7z|gz|jar|docx|xlsx|pptx|docm|xlsm|xlsb)$/i;
const MACRO_PART = /(^|\/)(vbaProject\.bin|vbaData\.xml)$|^xl\/macrosheets\//i;
const ACTIVE_PART = /(^|\/)embeddings\/[^/]+\.bin$|(^|\/)activeX\//i;
/** Beginnings of archives (zip, rar, 7z, gzip), of OLE files and of programs, whatever the part is called. */
const FOREIGN = ['504b0304', '52617221', '377abcaf271c', '1f8b', 'd0cf11e0a1b11ae1', '4d5a', '7f454c46'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

const DOCTYPE = '<!DOCTYPE';
/** In UTF-8 and in either order of UTF-16. */
const DOCTYPES = [Buffer.from(DOCTYPE), Buffer.from([...DOCTYPE].join('\0'))];
const OVERLAP = 2 * DOCTYPE.length;

/**
 * Looks into a docx or xlsx. The central directory tells names and sizes; then every part is unpacked once, chunk by chunk, because a
 * directory may lie: no part may unfold to more than was declared, declare a document type (the beginning of an entity attack, which
 * Office never writes) or be an archive or program under another name. Throws ContentMismatch, MacroNotAllowed, ActiveContent,
 * EncryptedFile or SuspiciousArchive (fact sheet §5.2).
 */
export async function inspectOfficePackage(extension: 'docx' | 'xlsx', bytes: Buffer): Promise<void> {
  if (!bytes.subarray(0, LOCAL_ENTRY.length).equals(LOCAL_ENTRY)) throw new ContentMismatch(extension);
  const zip = await fromBufferPromise(bytes).catch(() => {
    throw new ContentMismatch(extension);
  });
  const entries = await entriesOf(zip);
  checkDirectory(entries);
  if (zip.comment.length > MAX_COMMENT) throw new SuspiciousArchive();
  const has = (name: string) => entries.some(({ fileName }) => fileName === name);
  if (!has('[Content_Types].xml') || !has(MAIN_PART[extension])) throw new ContentMismatch(extension);
  for (const entry of entries) {
    const list = await readPart(zip, entry, extension);
    if (list === null) continue;
    if (entry.fileName.endsWith('.rels')) checkRelationships(textOfXml(list));
    else checkContentTypes(extension, textOfXml(list));
  }
}

/** yauzl itself refuses absolute names, `..` and a directory that does not hold together. */
async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > MAX_ENTRIES) throw new SuspiciousArchive();
    }
  } catch {
    throw new SuspiciousArchive();
  }
  return entries;
}

function checkDirectory(entries: readonly Entry[]): void {
  let unpacked = 0;
  let packed = 0;
  const seen = new Set<string>();
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase();
    if (entry.isEncrypted()) throw new EncryptedFile();
    if (MACRO_PART.test(name)) throw new MacroNotAllowed();
    if (ACTIVE_PART.test(name)) throw new ActiveContent();
    if (NESTED.test(name) || seen.has(name) || /\p{Cc}/u.test(name)) throw new SuspiciousArchive();
    seen.add(name);
    unpacked += entry.uncompressedSize;
    packed += entry.compressedSize;
  }
  const outOfProportion = unpacked > RATIO_MATTERS_FROM && unpacked / Math.max(1, packed) > MAX_RATIO;
  if (unpacked > MAX_UNPACKED || outOfProportion) throw new SuspiciousArchive();
}

/** Reads one part to its end; what it says when it is a list, null when it is something else. */
async function readPart(zip: ZipFile, entry: Entry, extension: string): Promise<Buffer | null> {
  if (entry.fileName.endsWith('/')) return null;
  const isList = LIST.test(entry.fileName);
  if (isList && entry.uncompressedSize > MAX_LIST) throw new SuspiciousArchive();
  const kept: Buffer[] = [];
  let last: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of chunksOf(zip, entry, extension)) {
    const seen = Buffer.concat([last, chunk]);
    if (first && FOREIGN.some((start) => seen.subarray(0, start.length).equals(start))) throw new SuspiciousArchive();
    if (DOCTYPES.some((declaration) => seen.includes(declaration))) throw new ActiveContent();
    last = seen.subarray(-OVERLAP);
    first = false;
    if (isList) kept.push(chunk);
  }
  return isList ? Buffer.concat(kept) : null;
}

/** yauzl breaks off at the first byte beyond the declared size. */
async function* chunksOf(zip: ZipFile, entry: Entry, extension: string): AsyncIterable<Buffer> {
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk as Buffer;
  } catch (error) {
    throw /too many bytes/i.test(String(error)) ? new SuspiciousArchive() : new ContentMismatch(extension);
  }
}
