import { type Size } from './picture-limits.js';

const MAX_PAGES = 100;
const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const SHORT = 3;
const LONG = 4;
const LONG8 = 16;
/** Where the strips or tiles of a page are, and how many bytes each has. */
const PIXELS_AT = [273, 324];
const PIXEL_BYTES = [279, 325];
/** Bytes of a value by its type (TIFF 6.0, BigTIFF); others are of one byte. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  3: 2,
  4: 4,
  5: 8,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** Classic TIFF (42) and BigTIFF (43) differ in the width of their numbers only. */
interface Reader {
  readonly u16: (at: number) => number;
  readonly u32: (at: number) => number;
  readonly u64: (at: number) => number;
  readonly big: boolean;
  readonly bytes: number;
  /** Counts what is read of lists. Throws RangeError when it is more than the file has room for: pages that share their lists. */
  readonly spend: (bytes: number) => void;
}

/** Sizes of the pages, and where the last of all that the directories speak of ends. */
interface Tiff {
  readonly pages: Size[];
  readonly tooManyPages: boolean;
  readonly end: number;
}

/**
 * Reads the directories without decoding. Null when it is no TIFF or is damaged: a page that comes again, pixels beyond the end of the
 * file; `tooManyPages` when there are more than a hundred.
 */
export function readTiff(bytes: Buffer): Tiff | null {
  try {
    const reader = readerOf(bytes);
    return reader && readPages(reader);
  } catch (error) {
    if ((error as Error).name === 'RangeError') return null; // an offset beyond the end of the file
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
  let left = bytes.length;
  const spend = (spent: number) => {
    left -= spent;
    if (left < 0) throw new RangeError('Lists are read over and over');
  };
  return { u16, u32, u64, big: version === 43, bytes: bytes.length, spend };
}

function readPages(reader: Reader): Tiff | null {
  const seen = new Set<number>();
  const pages: Size[] = [];
  let end = 0;
  let at = reader.big ? reader.u64(8) : reader.u32(4);
  while (at !== 0) {
    if (seen.has(at)) return null;
    if (pages.length === MAX_PAGES) return { pages, tooManyPages: true, end };
    seen.add(at);
    const page = readPage(reader, at);
    if (!page) return null;
    pages.push(page.size);
    end = Math.max(end, page.end);
    at = page.next;
  }
  return pages.length > 0 ? { pages, tooManyPages: false, end } : null;
}

interface PageRead {
  readonly size: Size;
  readonly end: number;
  readonly next: number;
}

function readPage(reader: Reader, at: number): PageRead | null {
  const count = reader.big ? reader.u64(at) : reader.u16(at);
  const entryBytes = reader.big ? 20 : 12;
  const first = at + (reader.big ? 8 : 2);
  if (count > 4096) return null;
  const entries = new Map<number, Entry>();
  for (let entry = first; entry < first + count * entryBytes; entry += entryBytes)
    entries.set(reader.u16(entry), readEntry(reader, entry));
  const afterEntries = first + count * entryBytes;
  const next = reader.big ? reader.u64(afterEntries) : reader.u32(afterEntries);
  const pixels = pixelsEnd(reader, entries);
  const [width = 0] = valuesOf(reader, entries.get(IMAGE_WIDTH));
  const [height = 0] = valuesOf(reader, entries.get(IMAGE_LENGTH));
  if (width === 0 || height === 0 || pixels > reader.bytes) return null;
  // Private tags of careless writers may point beyond the file; they are nobody's pixels.
  const tags = [...entries.values()].map(({ end }) => end).filter((end) => end <= reader.bytes);
  return { size: { width, height }, next, end: Math.max(pixels, afterEntries + (reader.big ? 8 : 4), ...tags) };
}

/** A tag of a page: where its values are and where they end. */
interface Entry {
  readonly type: number;
  readonly count: number;
  readonly at: number;
  readonly end: number;
}

function readEntry(reader: Reader, entry: number): Entry {
  const type = reader.u16(entry + 2);
  const count = reader.big ? reader.u64(entry + 4) : reader.u32(entry + 4);
  const bytes = count * (TYPE_BYTES[type] ?? 1);
  const inline = entry + (reader.big ? 12 : 8);
  const fits = bytes <= (reader.big ? 8 : 4);
  const at = fits ? inline : reader.big ? reader.u64(inline) : reader.u32(inline);
  return { type, count, at, end: at + bytes };
}

/** Where the last strip or tile ends. */
function pixelsEnd(reader: Reader, entries: ReadonlyMap<number, Entry>): number {
  let end = 0;
  PIXELS_AT.forEach((tag, kind) => {
    const places = valuesOf(reader, entries.get(tag));
    const lengths = valuesOf(reader, entries.get(PIXEL_BYTES[kind]!));
    places.forEach((place, index) => (end = Math.max(end, place + (lengths[index] ?? 0))));
  });
  return end;
}

function valuesOf(reader: Reader, entry: Entry | undefined): number[] {
  if (!entry) return [];
  if (entry.end > reader.bytes) throw new RangeError('Beyond the end of the file');
  const read = { [SHORT]: reader.u16, [LONG]: reader.u32, [LONG8]: reader.u64 }[entry.type];
  const width = TYPE_BYTES[entry.type] ?? 1;
  reader.spend(entry.count * width);
  return read ? Array.from({ length: entry.count }, (_, index) => read(entry.at + index * width)) : [];
}
