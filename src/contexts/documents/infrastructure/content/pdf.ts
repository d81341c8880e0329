import { ActiveContent, ContentMismatch, EncryptedFile } from '../../domain/stored-file.errors.js';

const HEADER = '%PDF-';
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const END = '%%EOF';
const END_WITHIN = 1024;
const ACTIVE = /\/(JavaScript|JS|Launch|OpenAction|AA)\b/;

/** Names in a PDF may be written with `#4a` for `J`. */
const plainNames = (text: string): string =>
  text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/**
 * Header, end and the names of what acts by itself; the document is never rendered here (fact sheet §5.2). An `/OpenAction` that only
 * chooses the first view is an array and passes. Throws ContentMismatch, EncryptedFile or ActiveContent.
 */
export function checkPdf(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  if (!text.startsWith(HEADER, start) || !text.slice(-END_WITHIN).includes(END)) throw new ContentMismatch('pdf');
  const outside = plainNames(text.replace(/\bstream\r?\n[\s\S]*?\bendstream\b/g, ''));
  if (/\/Encrypt\b/.test(outside)) throw new EncryptedFile();
  if (ACTIVE.test(outside.replace(/\/OpenAction\s*\[/g, ''))) throw new ActiveContent();
}
