import { type Size } from './picture-limits.js';

const MAX_PAGES = 100;
const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const SHORT = 3;
const LONG = 4;
const LONG8 = 16;

/** Classic TIFF (42) and BigTIFF (43) differ in the width of their numbers only. */
interface Reader {
  readonly u16: (at: number) => number;
  readonly u32: (at: number) => number;
  readonly u64: (at: number) => number;
  readonly big: boolean;
}

/**
 * Sizes of the pages, read from the directories without decoding. Null when it is no TIFF or is damaged (a page that comes
 * again included); `tooManyPages` when there are more than a hundred.
 */
export function readTiff(bytes: Buffer): { pages: Size[]; tooManyPages: boolean } | null {
  try {
    const reader = readerOf(bytes);
    return reader && readPages(reader);
  } catch (error) {
    if (error instanceof RangeError) return null; // an offset beyond the end of the file
    throw error;
  }
}

function readerOf(bytes: Buffer): Reader | null {
  const order = bytes.toString('latin1', 0, 2);
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const little = order === 'II';
  const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (at: number) => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const version = u16(2);
  if (version !== 42 && version !== 43) return null;
  return { u16, u32, u64, big: version === 43 };
}

function readPages(reader: Reader): { pages: Size[]; tooManyPages: boolean } | null {
  const seen = new Set<number>();
  const pages: Size[] = [];
  let at = reader.big ? reader.u64(8) : reader.u32(4);
  while (at !== 0) {
    if (seen.has(at)) return null;
    if (pages.length === MAX_PAGES) return { pages, tooManyPages: true };
    seen.add(at);
    const page = readPage(reader, at);
    if (!page) return null;
    pages.push(page.size);
    at = page.next;
  }
  return pages.length > 0 ? { pages, tooManyPages: false } : null;
}

function readPage(reader: Reader, at: number): { size: Size; next: number } | null {
  const entries = reader.big ? reader.u64(at) : reader.u16(at);
  const entryBytes = reader.big ? 20 : 12;
  const first = at + (reader.big ? 8 : 2);
  if (entries > 4096) return null;
  let width = 0;
  let height = 0;
  for (let entry = first; entry < first + entries * entryBytes; entry += entryBytes) {
    const tag = reader.u16(entry);
    if (tag === IMAGE_WIDTH) width = readNumber(reader, entry);
    if (tag === IMAGE_LENGTH) height = readNumber(reader, entry);
  }
  const end = first + entries * entryBytes;
  const next = reader.big ? reader.u64(end) : reader.u32(end);
  return width > 0 && height > 0 ? { size: { width, height }, next } : null;
}

function readNumber(reader: Reader, entry: number): number {
  const value = entry + (reader.big ? 12 : 8);
  switch (reader.u16(entry + 2)) {
    case SHORT:
      return reader.u16(value);
    case LONG:
      return reader.u32(value);
    case LONG8:
      return reader.u64(value);
    default:
      return 0;
  }
}
