import { type Size } from './picture-limits.js';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Frame headers carry the size; C4, C8 and CC of this range are tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length: restarts and TEM. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Size of a JPEG and where it ends, read from its markers without decoding. Null when it is none or is cut short. */
export function readJpeg(bytes: Buffer): { size: Size; end: number } | null {
  if (bytes.length < 4 || bytes.readUIntBE(0, 3) !== 0xffd8ff) return null;
  let size: Size | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else if (marker === END_OF_IMAGE) break;
    else {
      if (isFrame(marker) && at + 9 <= bytes.length)
        size = largerOf(size, { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) });
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === START_OF_SCAN) at = nextMarker(bytes, at);
    }
  }
  const complete = bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE;
  return size && size.width * size.height > 0 && complete ? { size, end: at + 2 } : null;
}

/** A second frame must not hide behind a small first one. */
const largerOf = (known: Size | null, frame: Size): Size =>
  known ? { width: Math.max(known.width, frame.width), height: Math.max(known.height, frame.height) } : frame;

/** In scan data FF is followed by 00, by a restart or by the next marker. */
function nextMarker(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
