import { randomBytes, randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { antiForgery } from './send-to-product.js';

/** The largest file that is taken, in bytes. */
export const SCAN_BYTES = 3 * 1024 * 1024;

/** A scanned page as scanners save it, of exactly `SCAN_BYTES`: a PDF round one picture. Each call gives other bytes. */
export function scan() {
  const head = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
      '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> >>\nendobj\n' +
      '4 0 obj\n<< /Type /XObject /Subtype /Image /Width 1654 /Height 2339 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode >>\nstream\n',
  );
  const tail = Buffer.from('\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n');
  return Buffer.concat([head, randomBytes(SCAN_BYTES - head.length - tail.length), tail]);
}

/**
 * What a form's script sends: POST /files with one file, good when the answer is 201. `product` needs the person's session and the
 * anti-forgery token, the bare side looks at neither.
 */
export async function open({ address, connections, product }) {
  const forgery = product ? await antiForgery(address) : { cookie: '', token: '' };
  const boundary = `----${randomUUID()}`;
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\nContent-Type: application/pdf\r\n\r\n`,
    ),
    scan(),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const pool = new Pool(address, { connections, pipelining: 1 });
  const send = async ({ session }) => {
    const answer = await pool.request({
      method: 'POST',
      path: '/files',
      headers: {
        accept: 'application/json',
        cookie: `${session}; ${forgery.cookie}`,
        'x-csrf-token': forgery.token,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body,
    });
    await answer.body.dump();
    if (answer.statusCode !== 201) throw new Error(`answered ${answer.statusCode}`);
  };
  return { send, close: () => pool.close() };
}
