import { type Size } from './picture-limits.js';

const HEADER = Buffer.from('Paint Shop Pro Image File\n\x1a\0\0\0\0\0', 'latin1');
const BLOCK = Buffer.from('~BK\0', 'latin1');
/** The first block of every file: general attributes of the image. */
const GENERAL = 0;
/** From this major version on the length of a block's first chunk is written inside the block, not in its header. */
const CHUNKS_INSIDE = 4;

/**
 * Size of a Paint Shop Pro image and where its last block ends, read from the headers of its blocks without decoding. Null when it is
 * none or is cut short. (Layout as GIMP's file-psp reads it: 32 bytes, version in two shorts, blocks one after another.)
 */
export function readPsp(bytes: Buffer): { size: Size; end: number } | null {
  if (bytes.length < HEADER.length + 4 || !bytes.subarray(0, HEADER.length).equals(HEADER)) return null;
  const chunksInside = bytes.readUInt16LE(HEADER.length) >= CHUNKS_INSIDE;
  const headBytes = BLOCK.length + 2 + (chunksInside ? 4 : 8);
  let size: Size | null = null;
  let at = HEADER.length + 4;
  while (bytes.subarray(at, at + BLOCK.length).equals(BLOCK)) {
    const content = at + headBytes;
    if (content > bytes.length) return null;
    const end = content + bytes.readUInt32LE(content - 4);
    if (end > bytes.length) return null;
    if (!size) {
      const sides = content + (chunksInside ? 4 : 0);
      if (bytes.readUInt16LE(at + BLOCK.length) !== GENERAL || sides + 8 > end) return null;
      size = { width: bytes.readInt32LE(sides), height: bytes.readInt32LE(sides + 4) };
    }
    at = end;
  }
  return size && size.width > 0 && size.height > 0 ? { size, end: at } : null;
}
