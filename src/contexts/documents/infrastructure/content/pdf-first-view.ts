const OPENING = /\/OpenAction\b\s*(\[|<<[^<>]*>>|\d+\s+\d+\s+R\b)?/g;
const OBJECT = /(\d+)\s+\d+\s+obj\b/g;
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
  const references = openings.filter((action) => action.endsWith('R')).map((action) => Number.parseInt(action, 10));
  if (openings.some((action) => !action.endsWith('R') && !isView(action))) return false;
  const objects = references.length > 0 ? objectsIn(outside, objectStreams) : new Map<number, string[]>();
  return references.every((number) => objects.get(number)?.every(isView) ?? false);
}

/** An explicit destination, or the action «go to» with nothing after it. */
const isView = (action: string): boolean =>
  action.trimStart().startsWith('[') ||
  (/^\s*<<[^<>]*>>\s*$/.test(action) &&
    /\/S\s*\/GoTo\b/.test(action) &&
    action.match(/\/S\b/g)?.length === 1 &&
    !/\/Next\b/.test(action));

function objectsIn(outside: string, objectStreams: PdfTexts['objectStreams']): Map<number, string[]> {
  const objects = new Map<number, string[]>();
  const add = (number: number, object: string) => objects.set(number, [...(objects.get(number) ?? []), object]);
  for (const found of outside.matchAll(OBJECT)) {
    const from = found.index + found[0].length;
    const end = outside.indexOf(OBJECT_END, from);
    if (end < 0) break;
    add(Number(found[1]), outside.slice(from, end));
  }
  for (const { dictionary, content } of objectStreams) {
    const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
    const places = [...content.slice(0, first).matchAll(/(\d+)\s+(\d+)/g)].map(
      ([, number, at]) => [Number(number), Number(at)] as const,
    );
    places.forEach(([number, at], index) => {
      add(number, plainNames(content.slice(first + at, first + (places[index + 1]?.[1] ?? Infinity))));
    });
  }
  return objects;
}
