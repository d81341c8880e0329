const OPENING = /\/OpenAction\b\s*(\[|<<[^<>]*>>|\d+\s+\d+\s+R\b)?/g;
/** From the first digit of a number: begun at each of its digits, a long one would be read over and over. */
const OBJECT = /(?<!\d)(\d+)\s+\d+\s+obj\b/g;
const PLACE = /(?<!\d)(\d+)\s+(\d+)/g;
const OBJECT_END = 'endobj';

/** Names in a PDF may be written with `#4a` for `J`. */
export const plainNames = (text: string): string =>
  text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** The texts of a PDF that may hold objects: what is outside of streams, its names spelt out, and object streams unpacked. */
export interface PdfTexts {
  readonly outside: string;
  readonly objectStreams: readonly { readonly dictionary: string; readonly content: string }[];
}

/**
 * Whether all that a PDF does when it is opened is to turn to a page: Acrobat and TeX write that into most of theirs. The action may be an
 * object of its own; when several objects bear its number (a file saved again), each has to be a view. What cannot be found is none.
 */
export function opensWithView({ outside, objectStreams }: PdfTexts): boolean {
  const texts = [outside, ...objectStreams.map(({ content }) => plainNames(content))];
  const openings = texts.flatMap((text) => [...text.matchAll(OPENING)].map(([, action = '']) => action));
  const references = new Set(
    openings.filter((action) => action.endsWith('R')).map((action) => Number.parseInt(action, 10)),
  );
  if (openings.some((action) => !action.endsWith('R') && !isView(action))) return false;
  if (references.size === 0) return true;
  const objects = objectsIn(references, outside, objectStreams);
  return [...references].every((number) => objects.get(number)?.every(isView) ?? false);
}

/** An explicit destination, or the action «go to» with nothing after it. */
const isView = (action: string): boolean =>
  action.trimStart().startsWith('[') ||
  (/^\s*<<[^<>]*>>\s*$/.test(action) &&
    /\/S\s*\/GoTo\b/.test(action) &&
    action.match(/\/S\b/g)?.length === 1 &&
    !/\/Next\b/.test(action));

/** All objects under these numbers. Everything is read once, whatever the file says of its own order. */
function objectsIn(
  numbers: ReadonlySet<number>,
  outside: string,
  objectStreams: PdfTexts['objectStreams'],
): Map<number, string[]> {
  const objects = new Map<number, string[]>([...numbers].map((number) => [number, []]));
  let end = 0;
  for (const found of outside.matchAll(OBJECT)) {
    const from = found.index + found[0].length;
    if (end < from) end = outside.indexOf(OBJECT_END, from);
    if (end < 0) break;
    objects.get(Number(found[1]))?.push(outside.slice(from, end));
  }
  for (const { dictionary, content } of objectStreams) {
    const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
    for (const [number, object] of objectsOfStream(content, first)) objects.get(number)?.push(plainNames(object));
  }
  for (const [number, found] of objects) if (found.length === 0) objects.delete(number);
  return objects;
}

/** Numbers and objects of a stream. Its objects lie one behind the other; of one that does not, nothing is known: it is empty. */
function* objectsOfStream(content: string, first: number): Iterable<readonly [number: number, object: string]> {
  let reached = 0;
  let last: { readonly number: number; readonly at: number } | null = null;
  const upTo = ({ number, at }: { readonly number: number; readonly at: number }, next: number) => {
    const object = at >= reached && next > at ? content.slice(first + at, first + next) : '';
    reached = Math.max(reached, next);
    return [number, object] as const;
  };
  for (const [, number, at] of content.slice(0, first).matchAll(PLACE)) {
    const place = { number: Number(number), at: Number(at) };
    if (last) yield upTo(last, place.at);
    last = place;
  }
  if (last) yield upTo(last, Infinity);
}
