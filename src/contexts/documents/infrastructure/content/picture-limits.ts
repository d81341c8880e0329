/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const MAX_SIDE = 30_000;
const MAX_PIXELS = 100_000_000;

/** A small file may unfold into a picture that fills the memory of whoever opens it (fact sheet §5.2). */
export const isTooLarge = ({ width, height }: Size): boolean =>
  width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS;

const ZIP_ENTRY = Buffer.from('PK\x03\x04');
const SCRIPT = /<script/i;
const HARMLESS_TAIL = 64;

/** Something that could run or unpack, hidden after (or inside) a picture. */
export const hidesAnotherFile = (bytes: Buffer): boolean =>
  bytes.length > HARMLESS_TAIL && (bytes.includes(ZIP_ENTRY) || SCRIPT.test(bytes.toString('latin1')));
