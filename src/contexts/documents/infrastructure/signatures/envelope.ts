/** What lies round the copy of a file: certificates, attributes, signatures. Real ones have some tens of kilobytes. */
const MAX_ENVELOPE_BYTES = 256 * 1024;
/** Real ones have a dozen. But signatures and digests are any octets, and may look like an identifier as long as they are: up to 1 KB. */
const MAX_IDENTIFIER_BYTES = 4096;
const MAX_DEPTH = 64;

const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const CONSTRUCTED = 0x20;

/** An element of BER: where its content begins and ends, and where the next one begins. */
interface Element {
  readonly at: number;
  readonly tag: number;
  readonly content: number;
  readonly contentEnd: number;
  readonly end: number;
}

/**
 * Whether the structure round the file in a CMS signature may be given to a library. Those need minutes for megabytes of identifiers; the copy
 * of a file is the only part with a reason to be large, and nobody looks into it. Throws RangeError when the bytes are no BER.
 */
export function hasModestEnvelope(signature: Buffer): boolean {
  const [, wrapped] = elementsIn(signature, elementAt(signature, 0, signature.length));
  const [signedData] = elementsIn(signature, wrapped);
  const [, , content] = elementsIn(signature, signedData);
  if (!content) throw new RangeError('No content');
  if (signature.length - (content.end - content.at) > MAX_ENVELOPE_BYTES) return false;
  return !hasLongIdentifier(signature, 0, signature.length, content);
}

/** In the order in which a library meets them: one before broken bytes counts, also in octets that may hold elements again. */
function hasLongIdentifier(bytes: Buffer, from: number, to: number, file: Element, depth = 0): boolean {
  if (depth > MAX_DEPTH) throw new RangeError('Nested too deep');
  for (const { tag, at, content, contentEnd } of elements(bytes, from, to)) {
    if (tag === OBJECT_IDENTIFIER && contentEnd - content > MAX_IDENTIFIER_BYTES) return true;
    if (tag & CONSTRUCTED) {
      if (hasLongIdentifier(bytes, content, contentEnd, file, depth + 1)) return true;
    } else if ((tag === OCTET_STRING || tag === BIT_STRING) && !(at > file.at && at < file.end)) {
      try {
        const skipped = tag === BIT_STRING ? 1 : 0;
        if (hasLongIdentifier(bytes, content + skipped, contentEnd, file, depth + 1)) return true;
      } catch {
        // Octets of another kind: a signature, a digest.
      }
    }
  }
  return false;
}

const elementsIn = (bytes: Buffer, parent: Element | undefined): Generator<Element> => {
  if (!parent) throw new RangeError('An element is missing');
  return elements(bytes, parent.content, parent.contentEnd);
};

function* elements(bytes: Buffer, from: number, to: number): Generator<Element> {
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at, to);
    yield element;
    at = element.end;
  }
}

function elementAt(bytes: Buffer, at: number, to: number, depth = 0): Element {
  if (depth > MAX_DEPTH) throw new RangeError('Nested too deep');
  const tag = bytes.readUInt8(at);
  if ((tag & 0x1f) === 0x1f) throw new RangeError('A tag of several bytes: CMS has none');
  const first = bytes.readUInt8(at + 1);
  if (first === 0x80) return endedByMark(bytes, { at, tag, content: at + 2 }, to, depth);
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 4) throw new RangeError('A length of more than four bytes');
  const content = at + 2 + size;
  const end = content + (size === 0 ? first : bytes.readUIntBE(at + 2, size));
  if (end > to) throw new RangeError('An element is longer than what it lies in');
  return { at, tag, content, contentEnd: end, end };
}

/** Two zero bytes end an element whose length is not told. */
function endedByMark(
  bytes: Buffer,
  begun: Pick<Element, 'at' | 'tag' | 'content'>,
  to: number,
  depth: number,
): Element {
  let next = begun.content;
  while (bytes.readUInt16BE(next) !== 0) next = elementAt(bytes, next, to, depth + 1).end;
  return { ...begun, contentEnd: next, end: next + 2 };
}
