import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { ActiveContent, ContentMismatch, EncryptedFile, SuspiciousArchive } from '../../domain/stored-file.errors.js';
import { opensWithView, type PdfTexts, plainNames } from './pdf-first-view.js';
import { hidesAnotherFile } from './picture-limits.js';

const HEADER = '%PDF-';
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const END = '%%EOF';
const END_WITHIN = 1024;
const ACTIVE = /\/(JavaScript|JS|Launch|AA)\b/;

const STREAM = />>\s*stream(?:\r\n|\n|\r)/g;
const STREAM_END = 'endstream';
/** An object inside what calls itself a stream: a reader that goes by the table of offsets would find it there. */
const OBJECT = /\d\s+\d+\s+obj\b/;
/** What all object streams of one file may unfold to; in real documents it is a few hundred kilobytes. */
const MAX_UNPACKED = 20 * 1024 * 1024;

const unpack = promisify(inflate);

/**
 * Header, end and the names of what acts by itself, in the file and in its object streams, which are unpacked for that; all other
 * streams (text, pictures, fonts) act in no way and are passed over. The document is never rendered here, so what can only be known by
 * rendering is not known (fact sheet §5.2). An `/OpenAction` that only turns to a page passes. Throws
 * ContentMismatch, EncryptedFile, ActiveContent, or SuspiciousArchive for an object stream that cannot be looked into.
 */
export async function checkPdf(bytes: Buffer): Promise<void> {
  const text = bytes.toString('latin1');
  const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const end = text.lastIndexOf(END);
  if (!text.startsWith(HEADER, start) || end < Math.max(0, text.length - END_WITHIN)) throw new ContentMismatch('pdf');
  if (hidesAnotherFile(bytes.subarray(end))) throw new ContentMismatch('pdf');
  const { outside, objectStreams } = partsOf(text);
  if (/\/Encrypt\b/.test(outside)) throw new EncryptedFile();
  refuseActive(outside);
  const unpacked: PdfTexts['objectStreams'][number][] = [];
  let room = MAX_UNPACKED;
  for (const stream of objectStreams) {
    const content = await objectsIn(stream, room);
    room -= content.length;
    refuseActive(plainNames(content));
    unpacked.push({ dictionary: stream.before, content });
  }
  if (!opensWithView({ outside, objectStreams: unpacked })) throw new ActiveContent();
}

function refuseActive(text: string): void {
  if (ACTIVE.test(text)) throw new ActiveContent();
}

interface ObjectStream {
  /** Everything since the stream before it: its dictionary, and perhaps more. */
  readonly before: string;
  readonly content: string;
}

/** Goes forward only: a pattern for both ends of a stream would read a file of beginnings to its end from each of them. */
function* streamsOf(text: string): Iterable<{ readonly from: number; readonly content: string; readonly to: number }> {
  const beginning = new RegExp(STREAM);
  for (let found = beginning.exec(text); found; found = beginning.exec(text)) {
    const end = text.indexOf(STREAM_END, beginning.lastIndex);
    if (end < 0) return;
    const to = end + STREAM_END.length;
    yield { from: found.index, content: text.slice(beginning.lastIndex, end), to };
    beginning.lastIndex = to;
  }
}

/** What is outside of streams, its names spelt out, and the streams that hold objects. */
function partsOf(text: string): { outside: string; objectStreams: ObjectStream[] } {
  const outside: string[] = [];
  const objectStreams: ObjectStream[] = [];
  let at = 0;
  for (const { from, content, to } of streamsOf(text)) {
    const before = plainNames(text.slice(at, from));
    outside.push(before);
    if (/\/ObjStm\b/.test(before)) objectStreams.push({ before, content });
    else if (content.includes('obj') && OBJECT.test(content)) outside.push(plainNames(content));
    at = to;
  }
  outside.push(plainNames(text.slice(at)));
  return { outside: outside.join('\n'), objectStreams };
}

/** Producers pack object streams by one filter and without a predictor; whoever does otherwise hides something. */
async function objectsIn({ before, content }: ObjectStream, maxBytes: number): Promise<string> {
  if (!/\/Filter\b/.test(before)) return content;
  if (/\/Predictor\s+[2-9]|\/Predictor\s+1\d/.test(before)) throw new SuspiciousArchive();
  try {
    const unpacked = await unpack(Buffer.from(content, 'latin1'), { maxOutputLength: Math.max(1, maxBytes) });
    return unpacked.toString('latin1');
  } catch {
    throw new SuspiciousArchive();
  }
}
