import { deflateSync } from 'node:zlib';
import { officeParts, zip } from './sample-files.js';

/** What is sent under the name of a scan although it is none. */
export const DISGUISES: Readonly<Record<string, string>> = {
  'an HTML page': '<html><script>alert(1)</script></html>',
  'an SVG': '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  'a web archive':
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<html></html>\r\n--b--\r\n',
  RTF: '{\\rtf1\\ansi {\\object\\objdata 0105}}',
  'XML of Excel': '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
  'XML of Word': '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
  'a program': 'MZ\x90\0\x03\0\0\0',
  'a shell script': '#!/bin/sh\nrm -rf /\n',
  'one byte': 'x',
};

/** The action of a PDF that its reader would run. */
export const SCRIPT_ACTION = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** An object stream of a PDF holding `object`; packed by Flate, not at all (`filter` empty) or in hexadecimal digits. */
export function objectStream(object: string, { filter = '/FlateDecode', more = '' } = {}): string {
  const objects = `9 0 ${object}`;
  const hex = Buffer.from(objects).toString('hex');
  const content = filter === '/FlateDecode' ? deflateSync(objects).toString('latin1') : filter === '' ? objects : hex;
  const packed = filter === '' ? '' : `/Filter ${filter}`;
  return `<< /Type /ObjStm /N 1 /First 4 ${packed} ${more} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** A docx whose directory says that `part` is of `declared` bytes, whatever it unfolds to. */
export async function lyingDocument(part: string, content: Buffer, declared: number): Promise<Buffer> {
  const bytes = await zip([...officeParts('docx'), [part, content]]);
  const name = bytes.lastIndexOf(part); // the directory is at the end
  bytes.writeUInt32LE(declared, name - 46 + 24);
  return bytes;
}

/** A zip in which `name` stands in the place of a name of the same length. */
export async function renamedEntry(name: string): Promise<Buffer> {
  const placeholder = 'word/'.padEnd(name.length, 'x');
  const bytes = await zip([...officeParts('docx'), [placeholder, 'x']]);
  return Buffer.from(bytes.toString('latin1').replaceAll(placeholder, name), 'latin1');
}

/** A docx whose entries claim to be protected by a password. */
export async function passwordZip(): Promise<Buffer> {
  const bytes = await zip(officeParts('docx'));
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1'))
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
  return bytes;
}
