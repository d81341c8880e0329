import {
  compoundFile,
  jpeg,
  jpegOfSize,
  officeDocument,
  officeParts,
  paintShopPro,
  pdf,
  SAMPLE_FILES,
  signature,
  streamOf,
  tiff,
  zip,
} from '../../../../../test/support/sample-files.js';
import { FILE_FORMATS, type FileExtension } from '../../domain/file-format.js';
import {
  ActiveContent,
  ContentMismatch,
  EncryptedFile,
  ImageTooLarge,
  SuspiciousArchive,
} from '../../domain/stored-file.errors.js';
import { FileTypeContentInspector } from './file-type-content-inspector.js';

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
    await expect(inspect(extension, SAMPLE_FILES[extension]())).resolves.toBeUndefined();
  });

  const wrongPairs = EXTENSIONS.flatMap((extension) =>
    EXTENSIONS.map((content) => [content, extension] as const),
  ).filter(([content, extension]) => content !== extension && !SAME.some(([a, b]) => a === content && b === extension));
  it.each(wrongPairs)('of %s is refused under the name of %s', async (content, extension) => {
    await refuses(extension, SAMPLE_FILES[content](), ContentMismatch);
  });

  it.each([
    ['an HTML page', '<html><script>alert(1)</script></html>'],
    ['an SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['RTF', '{\\rtf1 text}'],
    ['XML of Excel', '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'],
    ['a program', 'MZ\x90\0'],
    ['one byte', 'x'],
  ])('that is %s is refused under every name', async (_name, text) => {
    for (const extension of EXTENSIONS) await refuses(extension, Buffer.from(text, 'latin1'), ContentMismatch);
  });

  it.each(EXTENSIONS.filter((extension) => !['psp', 'tiff'].includes(extension)))(
    'cut short is refused as %s',
    async (extension) => {
      const bytes = await SAMPLE_FILES[extension]();
      const refusal = inspect(extension, bytes.subarray(0, Math.floor(bytes.length / 2)));
      await expect(refusal).rejects.toThrow(/documents\.(content-mismatch|suspicious-archive)/);
    },
  );
});

describe('a picture', () => {
  it('may carry a little junk after its end, but no other file', async () => {
    await expect(inspect('jpg', Buffer.concat([jpeg(), Buffer.alloc(2000)]))).resolves.toBeUndefined();
    await refuses('jpg', Buffer.concat([jpeg(), await zip([['page.html', 'x'.repeat(100)]])]), ContentMismatch);
    await refuses('jpg', Buffer.concat([jpeg(), Buffer.from(`<ScRipt>${' '.repeat(100)}`)]), ContentMismatch);
    await refuses('tiff', Buffer.concat([tiff(), await zip([['page.html', 'x'.repeat(100)]])]), ContentMismatch);
    await refuses('psp', Buffer.concat([paintShopPro(), Buffer.from('<script>')]), ContentMismatch);
  });

  it.each([
    [30_001, 1],
    [1, 30_001],
    [10_001, 10_000],
  ])('of %d × %d pixels is too large', async (width, height) => {
    await refuses('jpg', jpegOfSize(width, height), ImageTooLarge);
    await refuses('tiff', tiff({ sides: [width, height] }), ImageTooLarge);
  });

  it('of a hundred megapixels is not', async () => {
    await expect(inspect('jpg', jpegOfSize(10_000, 10_000))).resolves.toBeUndefined();
    await expect(inspect('tiff', tiff({ sides: [10_000, 10_000], order: 'MM' }))).resolves.toBeUndefined();
  });

  it('has at most a hundred pages, and none of them twice', async () => {
    await expect(inspect('tiff', tiff({ pages: 100 }))).resolves.toBeUndefined();
    await refuses('tiff', tiff({ pages: 101 }), ImageTooLarge);
    const endless = tiff({ pages: 2 });
    endless.writeUInt32LE(8, 8 + 2 * 102 - 4);
    await refuses('tiff', endless, ContentMismatch);
  });
});

describe('a PDF', () => {
  it('may speak of scripts in its text and choose its first view', async () => {
    await expect(inspect('pdf', pdf({ extra: '/OpenAction [3 0 R /Fit]' }))).resolves.toBeUndefined();
    await expect(inspect('pdf', Buffer.concat([Buffer.from('\ufeff'), pdf()]))).resolves.toBeUndefined();
  });

  it.each([
    '/OpenAction 5 0 R',
    '/Names << /JavaScript 5 0 R >>',
    '/AA << /O 5 0 R >>',
    '/A << /S /Launch >>',
    '/A << /S /J#61vaScript >>',
  ])('that acts by itself is refused: %s', async (extra) => refuses('pdf', pdf({ extra }), ActiveContent));

  it('with a password is refused', () => refuses('pdf', pdf({ trailer: '/Encrypt 5 0 R' }), EncryptedFile));

  it('begins with its header', () => refuses('pdf', Buffer.concat([Buffer.from('<html>'), pdf()]), ContentMismatch));
});

describe('a signature', () => {
  it('is taken as DER, PEM and base64', async () => {
    await expect(inspect('sig', signature('PEM'))).resolves.toBeUndefined();
    await expect(inspect('sig', Buffer.from(signature().toString('base64')))).resolves.toBeUndefined();
  });

  it('is not any base64 or any DER', async () => {
    await refuses('sig', Buffer.from(Buffer.from('MIIsomething').toString('base64')), ContentMismatch);
    await refuses('sig', Buffer.from('300602010106', 'hex'), ContentMismatch);
    await refuses('sig', Buffer.concat([signature(), Buffer.from('more')]), ContentMismatch);
  });
});

describe('an Office file of the old kind', () => {
  it.each(['Macros/VBA/dir', '_VBA_PROJECT_CUR/VBA/dir'])('with macros in %s is refused', async (stream) => {
    await refuses('doc', compoundFile('WordDocument', stream), ActiveContent);
  });

  it('that is a workbook is no document', () => refuses('doc', compoundFile('Workbook'), ContentMismatch));

  it('whose directory runs in a circle is refused', async () => {
    const bytes = compoundFile('WordDocument');
    const directory = bytes.readUInt32LE(48);
    const fat = (bytes.readUInt32LE(76) + 1) * 512;
    bytes.writeUInt32LE(directory, fat + directory * 4);
    await refuses('doc', bytes, ContentMismatch);
  });
});

describe('an Office file of the new kind', () => {
  it('may link to pages outside', async () => {
    const link =
      '<Relationships><Relationship Id="1" Type="http://o/relationships/hyperlink" Target="https://example.ru" TargetMode="External"/></Relationships>';
    await expect(
      inspect('docx', officeDocument('docx', ['word/_rels/document.xml.rels', link])),
    ).resolves.toBeUndefined();
  });

  it('fetches nothing from outside', async () => {
    const template =
      '<Relationships><Relationship Id="1" TargetMode="External" Type="http://o/relationships/attachedTemplate" Target="https://example.ru/x.dotm"/></Relationships>';
    await refuses('docx', officeDocument('docx', ['word/_rels/settings.xml.rels', template]), ActiveContent);
  });

  it.each(['word/vbaProject.bin', 'word/embeddings/oleObject1.bin', 'word/activeX/activeX1.xml'])(
    'with %s is refused',
    async (part) => {
      await refuses('docx', officeDocument('docx', [part, 'x']), ActiveContent);
    },
  );

  it('with macro sheets or of a macro type is refused', async () => {
    await refuses('xlsx', officeDocument('xlsx', ['xl/macrosheets/sheet1.xml', '<x/>']), ActiveContent);
    await refuses(
      'docx',
      zip(officeParts('docx', { type: 'application/vnd.ms-word.document.macroEnabled.main+xml' })),
      ActiveContent,
    );
  });

  it('declaring a document type is refused', async () => {
    await refuses(
      'docx',
      officeDocument('docx', ['word/settings.xml', '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>']),
      ActiveContent,
    );
    await refuses(
      'docx',
      officeDocument('docx', ['word/settings.xml', Buffer.from('<!DOCTYPE x>', 'utf16le')]),
      ActiveContent,
    );
  });

  it('with a password is refused', () =>
    refuses('docx', compoundFile('EncryptedPackage', 'EncryptionInfo'), EncryptedFile));

  it('that unfolds out of proportion is refused', async () => {
    await refuses(
      'xlsx',
      officeDocument('xlsx', ['xl/media/image1.bmp', Buffer.alloc(20 * 1024 * 1024)]),
      SuspiciousArchive,
    );
  });

  it('with archives inside or more than a thousand parts is refused', async () => {
    await refuses('docx', officeDocument('docx', ['word/media/more.zip', 'x']), SuspiciousArchive);
    const parts = Array.from({ length: 1000 }, (_, index) => [`word/media/${index}.txt`, 'x'] as const);
    await refuses('docx', officeDocument('docx', ...parts), SuspiciousArchive);
  });

  it('with a part twice or a part outside is refused', async () => {
    await refuses('docx', officeDocument('docx', ['[content_types].xml', '<Types/>']), SuspiciousArchive);
    const outside = await officeDocument('docx', ['word/aaaaaaaa.txt', 'x']);
    const replaced = Buffer.from(
      outside.toString('latin1').replaceAll('word/aaaaaaaa.txt', '../../aaaaaaa.txt'),
      'latin1',
    );
    await refuses('docx', replaced, SuspiciousArchive);
  });
});
