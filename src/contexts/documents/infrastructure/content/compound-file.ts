const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENTRY_BYTES = 128;
/** Sector numbers from here on are marks (end of chain, free), not sectors. */
const FIRST_MARK = 0xfffffffa;
/** The header alone names 109 allocation sectors: 7 MB of file with the smallest sectors, more than an upload can be. */
const HEADER_FAT_SECTORS = 109;

export const isCompoundFile = (bytes: Buffer): boolean => bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);

/**
 * Names of the storages and streams of an OLE compound file (doc, xls). Null when it is damaged. Every sector is followed at
 * most once, so a loop in the allocation table ends the walk.
 */
export function compoundFileEntries(bytes: Buffer): ReadonlySet<string> | null {
  if (!isCompoundFile(bytes) || bytes.length < 512) return null;
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return null;
  const sectorBytes = 1 << shift;
  const offsetOf = (sector: number) => (sector + 1) * sectorBytes;
  const nextOf = (sector: number): number => {
    const perSector = sectorBytes / 4;
    const index = Math.floor(sector / perSector);
    const fatSector = index < HEADER_FAT_SECTORS ? bytes.readUInt32LE(76 + index * 4) : FIRST_MARK;
    const at = offsetOf(fatSector) + (sector % perSector) * 4;
    return fatSector < FIRST_MARK && at + 4 <= bytes.length ? bytes.readUInt32LE(at) : FIRST_MARK;
  };
  if (!isWhole(bytes, sectorBytes)) return null;
  const names = new Set<string>();
  const seen = new Set<number>();
  for (let sector = bytes.readUInt32LE(48); sector < FIRST_MARK; sector = nextOf(sector)) {
    if (seen.has(sector) || offsetOf(sector) >= bytes.length) return null;
    seen.add(sector);
    for (let entry = 0; entry < sectorBytes; entry += ENTRY_BYTES) {
      const name = entryName(bytes, offsetOf(sector) + entry);
      if (name) names.add(name);
    }
  }
  return names;
}

/** Every sector that a chain of the allocation table leads to lies within the file. */
function isWhole(bytes: Buffer, sectorBytes: number): boolean {
  for (let index = 0; index < HEADER_FAT_SECTORS; index += 1) {
    const fatSector = bytes.readUInt32LE(76 + index * 4);
    if (fatSector >= FIRST_MARK) continue;
    const at = (fatSector + 1) * sectorBytes;
    if (at + sectorBytes > bytes.length) return false;
    for (let entry = at; entry < at + sectorBytes; entry += 4) {
      const next = bytes.readUInt32LE(entry);
      if (next < FIRST_MARK && (next + 1) * sectorBytes >= bytes.length) return false;
    }
  }
  return true;
}

function entryName(bytes: Buffer, at: number): string | null {
  if (at + ENTRY_BYTES > bytes.length || bytes[at + 66] === 0) return null;
  const length = bytes.readUInt16LE(at + 64);
  return length < 2 || length > 64 ? null : bytes.toString('utf16le', at, at + length - 2);
}
