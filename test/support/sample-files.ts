import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CFB from 'cfb';
import { ZipFile } from 'yazl';
import { type FileExtension } from '../../src/contexts/documents/domain/file-format.js';

/** A grey 1 × 1 picture as libjpeg wrote it. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z',
  'base64',
);

export const jpeg = (): Buffer => Buffer.from(JPEG);

/** The same picture claiming other sides. */
export function jpegOfSize(width: number, height: number): Buffer {
  const bytes = jpeg();
  const frame = bytes.indexOf(Buffer.from('ffc0', 'hex'));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

/** Pages of one grey pixel. `order` is the byte order, `sides` the size every page claims. */
export function tiff({
  pages = 1,
  order = 'II',
  sides = [1, 1],
}: { pages?: number; order?: 'II' | 'MM'; sides?: [number, number] } = {}): Buffer {
  const entries = 8;
  const pageBytes = 2 + entries * 12 + 4;
  const bytes = Buffer.alloc(8 + pages * pageBytes + 1, 0);
  const u16 = (value: number, at: number) =>
    order === 'II' ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    order === 'II' ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  bytes.write(order, 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  const pixelAt = bytes.length - 1;
  for (let page = 0; page < pages; page += 1) {
    const at = 8 + page * pageBytes;
    u16(entries, at);
    const fields: [tag: number, type: number, value: number][] = [
      [256, 4, sides[0]],
      [257, 4, sides[1]],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 1],
      [273, 4, pixelAt],
      [278, 4, 1],
      [279, 4, 1],
    ];
    fields.forEach(([tag, type, value], index) => {
      const entry = at + 2 + index * 12;
      u16(tag, entry);
      u16(type, entry + 2);
      u32(1, entry + 4);
      if (type === 3) u16(value, entry + 8);
      else u32(value, entry + 8);
    });
    u32(page + 1 < pages ? at + pageBytes : 0, at + pageBytes - 4);
  }
  return bytes;
}

/** One empty page; `extra` goes into the catalogue, `trailer` into the trailer, `objects` come after the page. */
export function pdf({
  extra = '',
  trailer = '',
  objects: more = [],
}: { extra?: string; trailer?: string; objects?: readonly string[] } = {}): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    '<< /Length 46 >>\nstream\n(A text that speaks of /JavaScript and /Encrypt)\nendstream',
    ...more,
  ];
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

const signatures = new Map<string, Buffer>();

/** A detached CMS signature made by OpenSSL with a key of its own, once for each form. */
export function signature(form: 'DER' | 'PEM' = 'DER'): Buffer {
  const made = signatures.get(form) ?? makeSignature(form);
  signatures.set(form, made);
  return Buffer.from(made);
}

function makeSignature(form: 'DER' | 'PEM'): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'lk-sig-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  try {
    writeFileSync(at('content'), 'signed');
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
      '-days',
      '1',
      '-subj',
      '/CN=Sample',
    );
    openssl(
      'cms',
      '-sign',
      '-binary',
      '-in',
      'content',
      '-signer',
      'cert.pem',
      '-inkey',
      'key.pem',
      '-outform',
      form,
      '-out',
      'content.sig',
    );
    return readFileSync(at('content.sig'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Paint Shop Pro image of version 5 (blocks with two lengths) or 6: the block of general attributes and one of pixels. */
export function paintShopPro({
  sides = [1, 1],
  version = 5,
}: { sides?: [number, number]; version?: 5 | 6 } = {}): Buffer {
  const major = Buffer.alloc(4);
  major.writeUInt16LE(version === 5 ? 3 : 4);
  const block = (id: number, content: Buffer) => {
    const inside = version === 5 ? content : Buffer.concat([u32(4 + content.length), content]);
    const lengths = version === 5 ? [u32(content.length), u32(inside.length)] : [u32(inside.length)];
    return Buffer.concat([Buffer.from('~BK\0', 'latin1'), Buffer.from([id, 0]), ...lengths, inside]);
  };
  const general = Buffer.concat([u32(sides[0]), u32(sides[1]), Buffer.alloc(30)]);
  const header = Buffer.from('Paint Shop Pro Image File\n\x1a\0\0\0\0\0', 'latin1');
  return Buffer.concat([header, major, block(0, general), block(3, Buffer.alloc(40, 0x55))]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An OLE compound file with these streams, written by SheetJS. */
export function compoundFile(...streams: string[]): Buffer {
  const file = CFB.utils.cfb_new();
  for (const stream of streams) CFB.utils.cfb_add(file, stream, Buffer.alloc(5000, 0x41));
  return CFB.write(file, { type: 'buffer' }) as Buffer;
}

/** A zip of these parts, in this order. */
export function zip(parts: readonly (readonly [name: string, content: string | Buffer])[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of parts) file.addBuffer(Buffer.isBuffer(content) ? content : Buffer.from(content), name);
  file.end();
  return bytesOf(file.outputStream as AsyncIterable<Uint8Array>);
}

const MAIN = {
  docx: {
    part: 'word/document.xml',
    type: 'wordprocessingml.document',
    xml: '<w:document xmlns:w="w"><w:body/></w:document>',
  },
  xlsx: { part: 'xl/workbook.xml', type: 'spreadsheetml.sheet', xml: '<workbook xmlns="s"/>' },
} as const;

type Part = readonly [name: string, content: string | Buffer];

/** Parts of the smallest document that Office opens. */
export function officeParts(extension: 'docx' | 'xlsx', { type }: { type?: string } = {}): Part[] {
  const { part, type: kind, xml } = MAIN[extension];
  const mainType = type ?? `application/vnd.openxmlformats-officedocument.${kind}.main+xml`;
  return [
    [
      '[Content_Types].xml',
      `<?xml version="1.0"?><Types xmlns="t"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${part}" ContentType="${mainType}"/></Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${part}"/></Relationships>`,
    ],
    [part, xml],
  ];
}

export const officeDocument = (extension: 'docx' | 'xlsx', ...more: Part[]): Promise<Buffer> =>
  zip([...officeParts(extension), ...more]);

/** A good file of each of the ten formats. */
export const SAMPLE_FILES: Readonly<Record<FileExtension, () => Buffer | Promise<Buffer>>> = {
  jpg: jpeg,
  jpeg,
  tiff: () => tiff(),
  pdf: () => pdf(),
  sig: () => signature(),
  psp: () => paintShopPro(),
  doc: () => compoundFile('WordDocument', '1Table'),
  xls: () => compoundFile('Workbook'),
  docx: () => officeDocument('docx'),
  xlsx: () => officeDocument('xlsx'),
};

/** In pieces of `size`, as a socket brings them. */
export async function* streamOf(bytes: Uint8Array, size = 64 * 1024): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
