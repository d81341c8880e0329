const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENTRY_BYTES = 128;
/** Sector numbers from here on are marks (end of chain, free), not sectors. */
const FIRST_MARK = 0xfffffffa;
/** The header alone names 109 allocation sectors: 7 MB of file with the smallest sectors, more than an upload can be. */
const HEADER_FAT_SECTORS = 109;
const STREAM = 2;
const ROOT = 5;
/** Shorter streams lie together in the stream of the root entry. */
const OWN_SECTORS_FROM = 4096;

export const isCompoundFile = (bytes: Buffer): boolean => bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);

/**
 * Names of the storages and streams of an OLE compound file (doc, xls), in lower case: they are compared so. Null when it is damaged or
 * cut short. Every sector is followed at most once, so a loop in the allocation table ends the walk.
 */
export function compoundFileEntries(bytes: Buffer): ReadonlySet<string> | null {
  if (!isCompoundFile(bytes) || bytes.length < 512) return null;
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return null;
  const sectors = sectorsOf(bytes, 1 << shift);
  const names = new Set<string>();
  for (let sector = bytes.readUInt32LE(48); sector < FIRST_MARK; sector = sectors.nextOf(sector)) {
    const at = sectors.take(sector, sectors.bytes);
    if (at === null) return null;
    for (let entry = at; entry < at + sectors.bytes; entry += ENTRY_BYTES) {
      const type = bytes[entry + 66] ?? 0;
      if (type === 0) continue;
      names.add(nameAt(bytes, entry));
      const size = bytes.readUInt32LE(entry + 120);
      const hasSectors = type === ROOT || (type === STREAM && size >= OWN_SECTORS_FROM);
      if (hasSectors && !sectors.holds(bytes.readUInt32LE(entry + 116), size)) return null;
    }
  }
  return names;
}

/** The sectors of a file, each of which belongs to one chain. */
function sectorsOf(bytes: Buffer, sectorBytes: number) {
  const offsetOf = (sector: number) => (sector + 1) * sectorBytes;
  const taken = new Set<number>();
  const nextOf = (sector: number): number => {
    const perSector = sectorBytes / 4;
    const index = Math.floor(sector / perSector);
    const fatSector = index < HEADER_FAT_SECTORS ? bytes.readUInt32LE(76 + index * 4) : FIRST_MARK;
    const at = offsetOf(fatSector) + (sector % perSector) * 4;
    return fatSector < FIRST_MARK && at + 4 <= bytes.length ? bytes.readUInt32LE(at) : FIRST_MARK;
  };
  /** Where the sector begins; null when its first `needed` bytes are not all there, or it is taken already. */
  const take = (sector: number, needed: number): number | null => {
    if (sector >= FIRST_MARK || taken.has(sector) || offsetOf(sector) + needed > bytes.length) return null;
    taken.add(sector);
    return offsetOf(sector);
  };
  /** Whether a chain from `start` on has so many bytes. */
  const holds = (start: number, size: number): boolean => {
    let sector = start;
    for (let left = size; left > 0; left -= sectorBytes) {
      if (take(sector, Math.min(left, sectorBytes)) === null) return false;
      sector = nextOf(sector);
    }
    return true;
  };
  return { bytes: sectorBytes, nextOf, take, holds };
}

function nameAt(bytes: Buffer, entry: number): string {
  const length = Math.min(bytes.readUInt16LE(entry + 64), 64);
  return bytes.toString('utf16le', entry, entry + Math.max(0, length - 2)).toLowerCase();
}
