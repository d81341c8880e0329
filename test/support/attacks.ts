import { DISGUISES, lyingDocument, objectStream, passwordZip, renamedEntry, SCRIPT_ACTION } from './attack-files.js';
import { compoundFile, jpeg, jpegOfSize, officeDocument, officeParts, paintShopPro, pdf, tiff, zip } from './sample-files.js';

/** A file that must not be taken, and the answer to it. */
export interface Attack {
  readonly name: string;
  readonly content: () => Buffer | Promise<Buffer>;
  readonly status: 400 | 413 | 415 | 422;
  readonly code: string;
}

type Content = Attack['content'];

const refusedWith =
  (status: Attack['status'], code: string) =>
  (name: string, content: Content): Attack => ({ name, content, status, code: `documents.${code}` });

const unreadable = refusedWith(400, 'unreadable-file-name');
const tooLarge = refusedWith(413, 'file-too-large');
const extension = refusedWith(415, 'extension-not-allowed');
const mismatch = refusedWith(415, 'content-mismatch');
const empty = refusedWith(422, 'empty-file');
const macro = refusedWith(422, 'macro-not-allowed');
const active = refusedWith(422, 'active-content');
const encrypted = refusedWith(422, 'encrypted-file');
const suspicious = refusedWith(422, 'suspicious-archive');
const picture = refusedWith(422, 'image-too-large');

const archive = () => zip([['page.html', 'x'.repeat(100)]]);
const script = () => Promise.resolve(Buffer.from(`<script>${' '.repeat(100)}`));
const followedBy = async (file: Buffer, tail: Promise<Buffer>) => Buffer.concat([file, await tail]);
const external = '<Relationships><Relationship Id="1" TargetMode="External" Type="http://o/attachedTemplate" Target="https://example.ru/x.dotm"/></Relationships>';
const BOMB = 20 * 1024 * 1024;

/** Every disguise under every name that the fact sheet speaks of. */
const disguised = Object.entries(DISGUISES).flatMap(([what, text]) =>
  ['doc', 'xls', 'jpg'].map((as) => [`${what} named .${as}`, mismatch(`справка.${as}`, () => Buffer.from(text, 'latin1'))] as const),
);

/** Fact sheet §5.2 row by row, by what is sent. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  ...Object.fromEntries(disguised),
  'a PDF named .jpg': mismatch('фото.jpg', () => pdf()),
  'a picture of a format that is not in the list': extension('скан.tif', () => tiff()),
  'a program after a double extension': extension('passport.pdf.exe', () => pdf()),
  'a program behind a mark of direction': extension('a\u202Efdp.exe', () => pdf()),
  'a NUL in the name': unreadable('скан.pdf\0.exe', () => pdf()),
  'one byte too many': tooLarge('фото.jpg', () => Buffer.concat([jpeg(), Buffer.alloc(3_145_729 - jpeg().length)])),
  'nothing at all': empty('скан.pdf', () => Buffer.alloc(0)),
  'a truncated document': mismatch('скан.pdf', () => pdf().subarray(0, 300)),

  'a picture with an archive behind it': mismatch('фото.jpg', () => followedBy(jpeg(), archive())),
  'a picture with a page behind it': mismatch('фото.jpg', () => followedBy(jpeg(), script())),
  'a TIFF with an archive behind it': mismatch('фото.tiff', () => followedBy(tiff(), archive())),
  'a PSP with a page behind it': mismatch('фото.psp', () => followedBy(paintShopPro(), script())),
  'a PDF with an archive behind it': mismatch('скан.pdf', () => followedBy(pdf(), archive())),

  'a zip bomb': suspicious('отчёт.xlsx', () => officeDocument('xlsx', ['xl/media/image1.bmp', Buffer.alloc(BOMB)])),
  'a zip bomb that lies about its size': suspicious('отчёт.docx', () => lyingDocument('word/a.xml', Buffer.alloc(5_000_000), 1000)),
  'more than 50 MB unfolded': suspicious('отчёт.docx', () => lyingDocument('word/media/a.bmp', Buffer.alloc(100), 51 * 1024 * 1024)),
  'more than a thousand parts': suspicious('отчёт.docx', () =>
    officeDocument('docx', ...Array.from({ length: 1000 }, (_none, at) => [`word/media/${at}.txt`, 'x'] as const)),
  ),
  'an archive in an archive': suspicious('отчёт.docx', () => officeDocument('docx', ['word/media/more.zip', 'x'])),
  'a part outside the folder': suspicious('отчёт.docx', () => renamedEntry('../../aaaaaaa.txt')),
  'a part at an absolute path': suspicious('отчёт.docx', () => renamedEntry('/etc/passwd.txt')),
  'two lists of parts': suspicious('отчёт.docx', () => officeDocument('docx', ['[content_types].xml', '<Types/>'])),

  'macros under the type of a plain document': macro('отчёт.docx', () => officeDocument('docx', ['word/vbaProject.bin', 'x'])),
  'a document of the type with macros': macro('отчёт.docx', () =>
    zip(officeParts('docx', { type: 'application/vnd.ms-word.document.macroEnabled.main+xml' })),
  ),
  'sheets of macros': macro('отчёт.xlsx', () => officeDocument('xlsx', ['xl/macrosheets/sheet1.xml', '<x/>'])),
  'macros in an old document': macro('отчёт.doc', () => compoundFile('WordDocument', 'Macros/VBA/dir')),
  'macros in an old table': macro('отчёт.xls', () => compoundFile('Workbook', '_VBA_PROJECT_CUR/VBA/dir')),

  'a template fetched from outside': active('отчёт.docx', () => officeDocument('docx', ['word/_rels/settings.xml.rels', external])),
  'an embedded object': active('отчёт.docx', () => officeDocument('docx', ['word/embeddings/oleObject1.bin', 'x'])),
  'an entity': active('отчёт.docx', () => officeDocument('docx', ['word/a.xml', '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'])),

  'a document under a password': encrypted('отчёт.docx', () => compoundFile('EncryptedPackage', 'EncryptionInfo')),
  'parts under a password': encrypted('отчёт.docx', () => passwordZip()),
  'a locked PDF': encrypted('скан.pdf', () => pdf({ trailer: '/Encrypt 5 0 R' })),

  'a PDF that starts a program': active('скан.pdf', () => pdf({ extra: '/A << /S /Launch >>' })),
  'a PDF with a script': active('скан.pdf', () => pdf({ extra: '/Names << /JavaScript 5 0 R >>' })),
  'a PDF that acts when it is opened': active('скан.pdf', () => pdf({ extra: '/OpenAction 5 0 R' })),
  'a script in a packed part of a PDF': active('скан.pdf', () => pdf({ objects: [objectStream(SCRIPT_ACTION)] })),

  'a picture too wide': picture('фото.jpg', () => jpegOfSize(30_001, 1)),
  'a picture of too many pixels': picture('фото.jpg', () => jpegOfSize(10_001, 10_000)),
  'a TIFF too high': picture('фото.tiff', () => tiff({ sides: [1, 30_001] })),
  'a TIFF of too many pages': picture('фото.tiff', () => tiff({ pages: 101 })),
  'a PSP too wide': picture('фото.psp', () => paintShopPro({ sides: [30_001, 1] })),
};

const LONG = 'Ж'.repeat(300);

/** Names that are taken, and how they are kept. */
export const STRANGE_NAMES: readonly (readonly [given: string, kept: string])[] = [
  ['../../../etc/passwd.pdf', 'passwd.pdf'],
  ['..\\..\\windows\\scan.pdf', 'scan.pdf'],
  ['/etc/scan.pdf', 'scan.pdf'],
  ['Паспорт, стр. 2.PDF', 'Паспорт, стр. 2.PDF'],
  ['contract\u200B\u2066.pdf', 'contract.pdf'],
  [`${LONG}.pdf`, `${'Ж'.repeat(125)}.pdf`],
];
