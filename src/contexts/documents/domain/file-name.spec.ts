import fc from 'fast-check';
import { FileName } from './file-name.js';
import { ExtensionNotAllowed, UnreadableFileName } from './stored-file.errors.js';

describe('file name', () => {
  it.each([
    ['Паспорт, стр. 2–3.PDF', 'Паспорт, стр. 2–3.PDF', 'pdf'],
    ['contract.pdf.sig', 'contract.pdf.sig', 'sig'],
    ['../../etc/secret.pdf', 'secret.pdf', 'pdf'],
    ['C:\\Users\\me\\scan.jpeg', 'scan.jpeg', 'jpeg'],
    ['  scan .tiff ', 'scan.tiff', 'tiff'],
    ['.pdf', 'file.pdf', 'pdf'],
    ['scan\u200B\u202Ename.doc', 'scanname.doc', 'doc'],
    ['и\u0306.xls', 'й.xls', 'xls'],
  ])('«%s» is kept as «%s»', (given, text, extension) => {
    expect(FileName.parse(given)).toMatchObject({ text, extension });
  });

  it.each([
    'passport.pdf.exe',
    'a\u202Efdp.exe',
    'photo.png',
    'scan.tif',
    'pdf',
    'scan.',
    '',
    'constructor.constructor',
    'page.html',
  ])('refuses «%s»', (given) => expect(() => FileName.parse(given)).toThrow(ExtensionNotAllowed));

  it('refuses a NUL', () => expect(() => FileName.parse('a.pdf\0.exe')).toThrow(UnreadableFileName));

  it('cuts to 255 bytes and keeps the extension', () => {
    const { text } = FileName.parse(`${'Ж'.repeat(300)}.docx`);
    expect(new TextEncoder().encode(text)).toHaveLength(255);
    expect(text.endsWith('Ж.docx')).toBe(true);
  });

  it('never holds a separator, a control or a direction mark, and parses into itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (stem) => {
        fc.pre(!stem.includes('\0'));
        const { text } = FileName.parse(`${stem}.pdf`);
        expect(text).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u);
        expect(FileName.parse(text).text).toBe(text);
      }),
    );
  });
});
