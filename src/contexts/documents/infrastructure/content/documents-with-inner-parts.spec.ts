import { randomBytes } from 'node:crypto';
import {
  lyingDocument,
  objectStream,
  passwordZip,
  renamedEntry,
  SCRIPT_ACTION,
} from '../../../../../test/support/attack-files.js';
import {
  compoundFile,
  officeDocument,
  officeParts,
  pdf,
  signature,
  streamOf,
  zip,
} from '../../../../../test/support/sample-files.js';
import { type FileExtension } from '../../domain/file-format.js';
import {
  ActiveContent,
  ContentMismatch,
  EncryptedFile,
  MacroNotAllowed,
  SuspiciousArchive,
} from '../../domain/stored-file.errors.js';
import { FileTypeContentInspector } from './file-type-content-inspector.js';

/** A fingerprint is the answer to a good file. */
const TAKEN = /^[0-9a-f]{64}$/;
const inspector = new FileTypeContentInspector();
const inspect = async (extension: FileExtension, bytes: Buffer | Promise<Buffer>) =>
  inspector.inspect(extension, streamOf(await bytes));

type Refusal = new (...args: never[]) => Error;
const refuses = async (extension: FileExtension, bytes: Buffer | Promise<Buffer>, refusal: Refusal) =>
  expect(await inspect(extension, bytes).catch((error: unknown) => error)).toBeInstanceOf(refusal);

describe('a PDF', () => {
  it('may speak of scripts in its text and choose its first view', async () => {
    await expect(inspect('pdf', pdf({ extra: '/OpenAction [3 0 R /Fit]' }))).resolves.toMatch(TAKEN);
    await expect(inspect('pdf', Buffer.concat([Buffer.from('\ufeff'), pdf()]))).resolves.toMatch(TAKEN);
  });

  it.each([
    '/OpenAction 5 0 R',
    '/Names << /JavaScript 5 0 R >>',
    '/AA << /O 5 0 R >>',
    '/A << /S /Launch >>',
    '/A << /S /J#61vaScript >>',
  ])('that acts by itself is refused: %s', async (extra) => refuses('pdf', pdf({ extra }), ActiveContent));

  it.each([
    ['packed', objectStream(SCRIPT_ACTION)],
    ['not packed', objectStream(SCRIPT_ACTION, { filter: '' })],
    ['named with escapes', objectStream(SCRIPT_ACTION.replaceAll('/J', '/#4a')).replace('ObjStm', 'Obj#53tm')],
    ['called a stream of text', `<< /Length 9 >>\nstream\n6 0 obj ${SCRIPT_ACTION} endobj\nendstream`],
  ])('that acts by itself from an object stream is refused: %s', async (_how, object) =>
    refuses('pdf', pdf({ objects: [object] }), ActiveContent),
  );

  it('with harmless object streams is taken', async () => {
    await expect(inspect('pdf', pdf({ objects: [objectStream('<< /Type /Font >>')] }))).resolves.toMatch(TAKEN);
  });

  it.each([
    ['packed in an unusual way', objectStream(SCRIPT_ACTION, { filter: '/ASCIIHexDecode' })],
    ['garbled by a predictor', objectStream(SCRIPT_ACTION, { more: '/DecodeParms << /Predictor 12 >>' })],
    ['that unfold without end', objectStream(' '.repeat(21 * 1024 * 1024))],
  ])('with object streams %s is refused', async (_how, object) =>
    refuses('pdf', pdf({ objects: [object] }), SuspiciousArchive),
  );

  it('with an archive behind its end is refused', async () => {
    const archive = await zip([['page.html', 'x'.repeat(100)]]);
    await refuses('pdf', Buffer.concat([pdf(), archive]), ContentMismatch);
  });

  it('with a password is refused', () => refuses('pdf', pdf({ trailer: '/Encrypt 5 0 R' }), EncryptedFile));

  it('begins with its header', () => refuses('pdf', Buffer.concat([Buffer.from('<html>'), pdf()]), ContentMismatch));
});

describe('a signature', () => {
  it('is taken as DER, PEM and base64', async () => {
    await expect(inspect('sig', signature('PEM'))).resolves.toMatch(TAKEN);
    await expect(inspect('sig', Buffer.from(signature().toString('base64')))).resolves.toMatch(TAKEN);
  });

  it('is not any base64 or any DER', async () => {
    await refuses('sig', Buffer.from(Buffer.from('MIIsomething').toString('base64')), ContentMismatch);
    await refuses('sig', Buffer.from('300602010106', 'hex'), ContentMismatch);
    await refuses('sig', Buffer.concat([signature(), Buffer.from('more')]), ContentMismatch);
  });
});

describe('an Office file of the old kind', () => {
  it.each(['Macros/VBA/dir', '_VBA_PROJECT_CUR/VBA/dir', 'MACROS/x'])(
    'with macros in %s is refused',
    async (stream) => {
      await refuses('doc', compoundFile('WordDocument', stream), MacroNotAllowed);
      await refuses('xls', compoundFile('Workbook', stream), MacroNotAllowed);
    },
  );

  it('that carries a packaged file is refused', () =>
    refuses('doc', compoundFile('WordDocument', 'ObjectPool/_1/\x01Ole10Native'), ActiveContent));

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
    ).resolves.toMatch(TAKEN);
  });

  it('fetches nothing from outside', async () => {
    const template =
      '<Relationships><Relationship Id="1" TargetMode="External" Type="http://o/relationships/attachedTemplate" Target="https://example.ru/x.dotm"/></Relationships>';
    await refuses('docx', officeDocument('docx', ['word/_rels/settings.xml.rels', template]), ActiveContent);
  });

  it.each([
    ['in another name space', '<r:Relationship r:Id="1" Type="http://o/oleObject" TargetMode="External"/>'],
    ['spelt by number', '<Relationship Id="1" Type="http://o/oleObject" TargetMode="&#x45;xternal"/>'],
    ['behind a bracket', '<Relationship Id=">" Type="http://o/oleObject" TargetMode="External"/>'],
    ['in UTF-16', Buffer.from('<Relationship Type="http://o/frame" TargetMode="External"/>', 'utf16le')],
  ])('fetches nothing from outside, the reference being %s', async (_how, relationship) =>
    refuses('docx', officeDocument('docx', ['word/_rels/settings.xml.rels', relationship]), ActiveContent),
  );

  it('lists its parts in an encoding that everybody reads', async () => {
    const list = '<?xml version="1.0" encoding="IBM037"?><Relationships/>';
    await refuses('docx', officeDocument('docx', ['word/_rels/settings.xml.rels', list]), SuspiciousArchive);
  });

  it.each(['word/embeddings/oleObject1.bin', 'word/activeX/activeX1.xml'])('with %s is refused', async (part) => {
    await refuses('docx', officeDocument('docx', [part, 'x']), ActiveContent);
  });

  it.each(['word/vbaProject.bin', 'word/VBAPROJECT.BIN', 'word/vbaData.xml'])('with macros in %s is refused', (part) =>
    refuses('docx', officeDocument('docx', [part, 'x']), MacroNotAllowed),
  );

  it('with macro sheets, of a macro type or with macros under another name is refused', async () => {
    await refuses('xlsx', officeDocument('xlsx', ['xl/macrosheets/sheet1.xml', '<x/>']), MacroNotAllowed);
    for (const type of [
      'application/vnd.ms-word.document.macroEnabled.main+xml',
      'application/vnd.ms-office.vbaProject',
    ])
      await refuses('docx', zip(officeParts('docx', { type })), MacroNotAllowed);
    const link =
      '<Relationship Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="a.dat"/>';
    await refuses('docx', officeDocument('docx', ['word/_rels/document.xml.rels', link]), MacroNotAllowed);
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

  it('declaring a document type far down, or in a part of any name, is refused', async () => {
    const late = `<!--${' '.repeat(200_000)}--><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>`;
    await refuses('docx', officeDocument('docx', ['word/settings.xml', late]), ActiveContent);
    await refuses('docx', officeDocument('docx', ['word/drawing.vml', late]), ActiveContent);
  });

  it('with a password is refused', async () => {
    for (const extension of ['docx', 'xlsx', 'doc', 'xls'] as const)
      await refuses(extension, compoundFile('EncryptedPackage', 'EncryptionInfo'), EncryptedFile);
    await refuses('docx', passwordZip(), EncryptedFile);
  });

  it('that unfolds out of proportion is refused', async () => {
    await refuses(
      'xlsx',
      officeDocument('xlsx', ['xl/media/image1.bmp', Buffer.alloc(20 * 1024 * 1024)]),
      SuspiciousArchive,
    );
  });

  it('that unfolds to more than its directory says is refused', async () => {
    const bomb = Buffer.alloc(20 * 1024 * 1024);
    await refuses('docx', lyingDocument('word/media/image1.bmp', bomb, 1000), SuspiciousArchive);
    await refuses('docx', lyingDocument('word/settings.xml', bomb, 1000), SuspiciousArchive);
  });

  it('that claims to unfold to more than 50 MB is refused', () =>
    refuses('docx', lyingDocument('word/media/image1.bmp', Buffer.alloc(100), 51 * 1024 * 1024), SuspiciousArchive));

  it.each(['504b0304', '52617221', '377abcaf271c', '1f8b', 'd0cf11e0a1b11ae1', '4d5a', '7f454c46'])(
    'with an archive or a program under the name of a picture is refused: %s',
    async (start) => {
      const content = Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(100)]);
      await refuses('docx', officeDocument('docx', ['word/media/image1.png', content]), SuspiciousArchive);
    },
  );

  it('with something before or behind it is refused', async () => {
    const document = await officeDocument('docx');
    await refuses('docx', Buffer.concat([Buffer.from('MZ'), document]), ContentMismatch);
    await refuses('docx', Buffer.concat([document, Buffer.from('<script>')]), ContentMismatch);
    const comment = Buffer.from('<script>'.repeat(20));
    document.writeUInt16LE(comment.length, document.length - 2);
    await refuses('docx', Buffer.concat([document, comment]), SuspiciousArchive);
  });

  it('with archives inside or more than a thousand parts is refused', async () => {
    await refuses('docx', officeDocument('docx', ['word/media/more.zip', 'x']), SuspiciousArchive);
    const parts = Array.from({ length: 1000 }, (_, index) => [`word/media/${index}.txt`, 'x'] as const);
    await refuses('docx', officeDocument('docx', ...parts), SuspiciousArchive);
  });

  it('with a part twice or a part outside is refused', async () => {
    await refuses('docx', officeDocument('docx', ['[content_types].xml', '<Types/>']), SuspiciousArchive);
    for (const name of ['../../aaaaaaa.txt', '/etc/passwd.txt', 'C:/aaaaaaa.txt', 'word/\x07aaaa.txt'])
      await refuses('docx', renamedEntry(name), SuspiciousArchive);
  });
});

describe('a file made to keep whoever reads it busy', () => {
  const MANY = 300_000;
  const repeated = (text: string) => text.repeat(Math.ceil(MANY / text.length));
  const opening = (object: string) => pdf({ extra: '/OpenAction 5 0 R', objects: [object] });
  const objectStreamOf = (places: string) =>
    objectStream(`${places}${' '.repeat(MANY)}`).replace('/First 4', `/First ${places.length}`);
  const withRelationships = (list: string) => officeDocument('docx', ['word/_rels/document.xml.rels', list]);

  it.each<[string, FileExtension, () => Buffer | Promise<Buffer>]>([
    ['streams that never end', 'pdf', () => pdf({ objects: [repeated('>>stream\n')] })],
    ['a number without end', 'pdf', () => opening(repeated('1'))],
    ['objects that never end', 'pdf', () => opening(`${repeated('5 0 obj ')}endobj`)],
    ['objects of one number', 'pdf', () => opening(repeated('5 0 obj[]endobj ').repeat(3))],
    ['an object stream of one number', 'pdf', () => opening(objectStreamOf(repeated('1')))],
    [
      'an object stream whose objects lie over each other',
      'pdf',
      () => opening(objectStreamOf(repeated('5 0 6 299999 '))),
    ],
    ['an armour of white space', 'sig', () => Buffer.from(`-----BEGIN CMS-----${' '.repeat(MANY)}-`)],
    ['white space for base64', 'sig', () => Buffer.from(`MII${' '.repeat(MANY)}!`)],
    [
      'relationships that never end',
      'docx',
      () => withRelationships(`${repeated('<Relationship ')}${incompressible()}`),
    ],
    [
      'a relationship without end',
      'docx',
      () => withRelationships(`<Relationship ${repeated('a="" ')}${incompressible()}`),
    ],
    ['declarations that never end', 'docx', () => withRelationships(`${repeated('<?xml ')}${incompressible()}`)],
  ])('is answered at once: %s', async (_how, extension, made) => {
    const bytes = await made();
    const began = performance.now();
    await inspect(extension, bytes).catch(() => undefined);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('is refused when a relationship cannot be read to its end', async () => {
    await refuses(
      'docx',
      withRelationships('<Relationships><Relationship Target="a<b" TargetMode="External"/></Relationships>'),
      SuspiciousArchive,
    );
  });
});

/** Words that keep a part from being refused as packed out of proportion. */
const incompressible = (): string => randomBytes(30_000).toString('base64');
