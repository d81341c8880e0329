import { deflateSync } from 'node:zlib';

/** A page with a dark square and a word in a font that is not inside the file; `catalogue` is added to the catalogue, `objects` to the objects from 6 on. */
export function visiblePdf(catalogue = '', ...objects: readonly string[]): Buffer {
  const drawing = '0.1 0.2 0.5 rg 100 400 300 300 re f BT /F1 48 Tf 100 200 Td (Passport) Tj ET';
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects,
  ];
  let body = '%PDF-1.7\n';
  const offsets = all.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = all.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

/** One page, grey, light on the left and dark on the right, packed by deflate; `claims` is the size it says it has. */
export function visibleTiff(claims: readonly [width: number, height: number] = [64, 64]): Buffer {
  const [width, height] = [64, 64];
  const pixels = Buffer.from(Array.from({ length: width * height }, (_, at) => 255 - (at % width) * 4));
  const packed = deflateSync(pixels);
  const fields: readonly (readonly [tag: number, value: number])[] = [
    [256, claims[0]],
    [257, claims[1]],
    [258, 8],
    [259, 8],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, claims[1]],
    [279, packed.length],
  ];
  const directory = Buffer.alloc(2 + fields.length * 12 + 4);
  directory.writeUInt16LE(fields.length);
  fields.forEach(([tag, value], index) => {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(4, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  });
  const head = Buffer.from('49492a0000000000', 'hex');
  const padding = Buffer.alloc(packed.length % 2);
  head.writeUInt32LE(8 + packed.length + padding.length, 4);
  return Buffer.concat([head, packed, padding, directory]);
}
