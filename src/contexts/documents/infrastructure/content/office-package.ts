import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ActiveContent, ContentMismatch, EncryptedFile, SuspiciousArchive } from '../../domain/stored-file.errors.js';

const MAX_ENTRIES = 1000;
const MAX_UNPACKED = 50 * 1024 * 1024;
const MAX_RATIO = 100;
/** Lists of parts and relationships of real documents are a few kilobytes. */
const MAX_LIST = 1024 * 1024;
/** A document type can only be declared before the first element. */
const PROLOGUE = 4096;
/** Small parts pack well without being a bomb. */
const RATIO_MATTERS_FROM = 1024 * 1024;

const MAIN_PART = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml' } as const;
const MAIN_TYPE = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
} as const;

const NESTED = /\.(zip|rar|7z|gz|jar|docx|xlsx|pptx|docm|xlsm)$/i;
const ACTIVE_PART =
  /(^|\/)(vbaProject\.bin|vbaData\.xml)$|^xl\/macrosheets\/|(^|\/)embeddings\/[^/]+\.bin$|(^|\/)activeX\//i;

/**
 * Looks into a docx or xlsx without unpacking more than its lists of parts and the first bytes of each: the central directory
 * tells names and sizes. Throws ContentMismatch, ActiveContent, EncryptedFile or SuspiciousArchive (fact sheet §5.2).
 */
export async function inspectOfficePackage(extension: 'docx' | 'xlsx', bytes: Buffer): Promise<void> {
  const zip = await fromBufferPromise(bytes).catch(() => {
    throw new ContentMismatch(extension);
  });
  const entries = await entriesOf(zip);
  checkDirectory(entries);
  const contentTypes = entries.find(({ fileName }) => fileName === '[Content_Types].xml');
  const mainPart = entries.find(({ fileName }) => fileName === MAIN_PART[extension]);
  if (!contentTypes || !mainPart) throw new ContentMismatch(extension);
  const types = await listIn(zip, contentTypes, extension);
  if (/macroEnabled/i.test(types)) throw new ActiveContent();
  if (!types.includes(MAIN_TYPE[extension])) throw new ContentMismatch(extension);
  for (const entry of entries) {
    if (entry.fileName.endsWith('.rels')) refuseOutsideParts(await listIn(zip, entry, extension));
    else if (entry.fileName.endsWith('.xml')) refuseDoctype(await textOf(zip, entry, extension, PROLOGUE));
  }
}

function checkDirectory(entries: readonly Entry[]): void {
  let unpacked = 0;
  let packed = 0;
  const seen = new Set<string>();
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new EncryptedFile();
    if (ACTIVE_PART.test(entry.fileName)) throw new ActiveContent();
    if (NESTED.test(entry.fileName) || seen.has(entry.fileName.toLowerCase())) throw new SuspiciousArchive();
    seen.add(entry.fileName.toLowerCase());
    unpacked += entry.uncompressedSize;
    packed += entry.compressedSize;
  }
  const outOfProportion = unpacked > RATIO_MATTERS_FROM && unpacked / Math.max(1, packed) > MAX_RATIO;
  if (unpacked > MAX_UNPACKED || outOfProportion) throw new SuspiciousArchive();
}

/** Hyperlinks may point outside; templates, pictures and objects may not. */
function refuseOutsideParts(relationships: string): void {
  for (const [relationship] of relationships.matchAll(/<Relationship\b[^>]*>/gi)) {
    if (
      /TargetMode\s*=\s*["']External["']/i.test(relationship) &&
      !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(relationship)
    )
      throw new ActiveContent();
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

async function listIn(zip: ZipFile, entry: Entry, extension: string): Promise<string> {
  if (entry.uncompressedSize > MAX_LIST) throw new SuspiciousArchive();
  const text = await textOf(zip, entry, extension, MAX_LIST);
  refuseDoctype(text);
  return text;
}

/** A declaration of document type is the beginning of an entity attack; Office never writes one. */
function refuseDoctype(text: string): void {
  if (/<!DOCTYPE/i.test(text.replaceAll('\0', ''))) throw new ActiveContent();
}

/** The first `limit` characters of a part; no more is unpacked than that takes. */
async function textOf(zip: ZipFile, entry: Entry, extension: string, limit: number): Promise<string> {
  let text = '';
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      text += (chunk as Buffer).toString('latin1');
      if (text.length >= limit) break;
    }
  } catch {
    throw new ContentMismatch(extension);
  }
  return text.slice(0, limit);
}
