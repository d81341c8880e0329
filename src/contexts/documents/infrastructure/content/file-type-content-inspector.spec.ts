import { hash } from 'node:crypto';
import { DISGUISES } from '../../../../../test/support/attack-files.js';
import {
  jpeg,
  jpegOfSize,
  paintShopPro,
  SAMPLE_FILES,
  streamOf,
  tiff,
  zip,
} from '../../../../../test/support/sample-files.js';
import { FILE_FORMATS, type FileExtension } from '../../domain/file-format.js';
import { ContentMismatch, ImageTooLarge } from '../../domain/stored-file.errors.js';
import { FileTypeContentInspector } from './file-type-content-inspector.js';

/** A fingerprint is the answer to a good file. */
const TAKEN = /^[0-9a-f]{64}$/;
const inspector = new FileTypeContentInspector();
const inspect = async (extension: FileExtension, bytes: Buffer | Promise<Buffer>) =>
  inspector.inspect(extension, streamOf(await bytes));

type Refusal = new (...args: never[]) => Error;
const refuses = async (extension: FileExtension, bytes: Buffer | Promise<Buffer>, refusal: Refusal) =>
  expect(await inspect(extension, bytes).catch((error: unknown) => error)).toBeInstanceOf(refusal);

const EXTENSIONS = Object.keys(FILE_FORMATS) as FileExtension[];
const SAME = [
  ['jpg', 'jpeg'],
  ['jpeg', 'jpg'],
];

describe('content of a file', () => {
  it.each(EXTENSIONS)('is taken as %s', async (extension) => {
    const bytes = await SAMPLE_FILES[extension]();
    expect(await inspect(extension, bytes)).toBe(hash('sha256', bytes));
  });

  const wrongPairs = EXTENSIONS.flatMap((extension) =>
    EXTENSIONS.map((content) => [content, extension] as const),
  ).filter(([content, extension]) => content !== extension && !SAME.some(([a, b]) => a === content && b === extension));
  it.each(wrongPairs)('of %s is refused under the name of %s', async (content, extension) => {
    await refuses(extension, SAMPLE_FILES[content](), ContentMismatch);
  });

  it.each(Object.entries(DISGUISES))('that is %s is refused under every name', async (_name, text) => {
    for (const extension of EXTENSIONS) await refuses(extension, Buffer.from(text, 'latin1'), ContentMismatch);
  });

  it.each(EXTENSIONS)('cut short is refused as %s', async (extension) => {
    const bytes = await SAMPLE_FILES[extension]();
    for (const part of [0.25, 0.5, 0.9]) {
      const refusal = inspect(extension, bytes.subarray(0, Math.floor(bytes.length * part)));
      await expect(refusal).rejects.toThrow(/documents\.(content-mismatch|suspicious-archive)/);
    }
  });

  it('is looked at a few files at a time, however many come at once', async () => {
    let open = 0;
    let most = 0;
    const watched = async function* () {
      most = Math.max(most, (open += 1));
      yield await Promise.resolve(jpeg());
    };
    const inspected = Array.from({ length: 50 }, () => inspector.inspect('jpg', watched()).then(() => (open -= 1)));
    await Promise.all(inspected);
    expect(most).toBe(4);
  });
});

describe('a picture', () => {
  it('may carry a little junk after its end, but no other file', async () => {
    await expect(inspect('jpg', Buffer.concat([jpeg(), Buffer.alloc(2000)]))).resolves.toMatch(TAKEN);
    await refuses('jpg', Buffer.concat([jpeg(), await zip([['page.html', 'x'.repeat(100)]])]), ContentMismatch);
    await refuses('jpg', Buffer.concat([jpeg(), Buffer.from(`<ScRipt>${' '.repeat(100)}`)]), ContentMismatch);
    await refuses('tiff', Buffer.concat([tiff(), await zip([['page.html', 'x'.repeat(100)]])]), ContentMismatch);
    await refuses('psp', Buffer.concat([paintShopPro(), Buffer.from(`<script>${' '.repeat(64)}`)]), ContentMismatch);
  });

  it('may hold any bytes within its own parts', async () => {
    const comment = Buffer.concat([
      Buffer.from('fffe0060', 'hex'),
      Buffer.from('PK\x03\x04<script>'),
      Buffer.alloc(82),
    ]);
    const picture = jpeg();
    await expect(
      inspect('jpg', Buffer.concat([picture.subarray(0, 2), comment, picture.subarray(2)])),
    ).resolves.toMatch(TAKEN);
    const photo = tiff();
    photo.write('PK\x03\x04', photo.length - 1);
    await expect(inspect('tiff', photo)).resolves.toMatch(TAKEN);
  });

  it('of version 6 of Paint Shop Pro is taken, too', async () => {
    await expect(inspect('psp', paintShopPro({ version: 6 }))).resolves.toMatch(TAKEN);
    await refuses('psp', paintShopPro({ version: 6, sides: [30_001, 1] }), ImageTooLarge);
    const bytes = paintShopPro({ version: 6 });
    await refuses('psp', bytes.subarray(0, bytes.length - 1), ContentMismatch);
  });

  it('does not hide a large frame behind a small one', async () => {
    const [small, large] = [jpeg(), jpegOfSize(30_001, 10)];
    const frame = large.indexOf(Buffer.from('ffc0', 'hex'));
    const segment = large.subarray(frame, frame + 2 + large.readUInt16BE(frame + 2));
    const at = frame + segment.length;
    await refuses('jpg', Buffer.concat([small.subarray(0, at), segment, small.subarray(at)]), ImageTooLarge);
    await refuses('jpg', jpegOfSize(10, 0), ContentMismatch);
  });

  it('with pixels beyond the end of the file is refused', async () => {
    const bytes = tiff();
    await refuses('tiff', bytes.subarray(0, bytes.length - 1), ContentMismatch);
  });

  it.each([
    [30_001, 1],
    [1, 30_001],
    [10_001, 10_000],
  ])('of %d × %d pixels is too large', async (width, height) => {
    await refuses('jpg', jpegOfSize(width, height), ImageTooLarge);
    await refuses('tiff', tiff({ sides: [width, height] }), ImageTooLarge);
    await refuses('psp', paintShopPro({ sides: [width, height] }), ImageTooLarge);
  });

  it('of a hundred megapixels is not', async () => {
    await expect(inspect('jpg', jpegOfSize(10_000, 10_000))).resolves.toMatch(TAKEN);
    await expect(inspect('tiff', tiff({ sides: [10_000, 10_000], order: 'MM' }))).resolves.toMatch(TAKEN);
  });

  it('has at most a hundred pages, and none of them twice', async () => {
    await expect(inspect('tiff', tiff({ pages: 100 }))).resolves.toMatch(TAKEN);
    await refuses('tiff', tiff({ pages: 101 }), ImageTooLarge);
    const endless = tiff({ pages: 2 });
    endless.writeUInt32LE(8, 8 + 2 * 102 - 4);
    await refuses('tiff', endless, ContentMismatch);
  });
});

it('a TIFF whose pages all speak of one list of strips is refused before the list has been read a hundred times', async () => {
  const [pages, strips, entries] = [100, 100_000, 4];
  const pageBytes = 2 + entries * 12 + 4;
  const bytes = Buffer.alloc(8 + pages * pageBytes + strips * 4);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  for (let page = 0; page < pages; page++) {
    const at = 8 + page * pageBytes;
    bytes.writeUInt16LE(entries, at);
    [
      [256, 3, 1, 10],
      [257, 3, 1, 10],
      [273, 4, strips, 8 + pages * pageBytes],
      [279, 4, strips, 8 + pages * pageBytes],
    ].forEach(([tag, type, count, value], index) => {
      const entry = at + 2 + index * 12;
      bytes.writeUInt16LE(tag!, entry);
      bytes.writeUInt16LE(type!, entry + 2);
      bytes.writeUInt32LE(count!, entry + 4);
      bytes.writeUInt32LE(value!, entry + 8);
    });
    bytes.writeUInt32LE(page + 1 < pages ? at + pageBytes : 0, at + pageBytes - 4);
  }
  await refuses('tiff', bytes, ContentMismatch);
});
