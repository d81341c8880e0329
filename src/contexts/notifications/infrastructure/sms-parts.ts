/** UTF-16 units of a UCS-2 message that fits one part, and of each part when it does not: the header of a part takes 6 bytes. */
const SINGLE = 70;
const PER_PART = 67;
const MAX_PARTS = 255;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Cuts a text as a telephone expects it, never through a surrogate pair. Throws RangeError above 255 parts. */
export const smsParts = (text: string): readonly string[] => {
  if (text.length <= SINGLE) return [text];
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + PER_PART, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  if (parts.length > MAX_PARTS) throw new RangeError(`A text message of ${parts.length} parts`);
  return parts;
};
