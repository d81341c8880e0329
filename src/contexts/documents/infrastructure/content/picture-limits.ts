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

/** An entry of a zip, and the end of its directory: the entries may lie elsewhere in the file. */
const ZIP_MARKS = [Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('PK\x05\x06', 'latin1')];
const SCRIPT = /<script/i;
const HARMLESS_TAIL = 64;

/** Something that could run or unpack, in what lies behind the end of a file. */
export const hidesAnotherFile = (tail: Buffer): boolean =>
  tail.length > HARMLESS_TAIL &&
  (ZIP_MARKS.some((mark) => tail.includes(mark)) || SCRIPT.test(tail.toString('latin1')));
