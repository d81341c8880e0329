import { ActiveContent, ContentMismatch, MacroNotAllowed, SuspiciousArchive } from '../../domain/stored-file.errors.js';

const MAIN_TYPE = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
} as const;

const MACRO = /macroEnabled|vbaProject|macrosheet/i;
/** Values of attributes may hold `>`, but no `<`: each search ends where the next one begins, however the list is made. */
const RELATIONSHIP = /<(?:[\w.-]+:)?Relationship\b(?:"[^"<]*"|'[^'<]*'|[^<>"'])*>/gi;
const RELATIONSHIP_BEGINNING = /<(?:[\w.-]+:)?Relationship\b/gi;
/** Packages are written in UTF-8 or UTF-16; in another encoding the words below would go unseen. */
const FOREIGN_ENCODING = /^[\xef\xbb\xbf\xfe\xff\s]*<\?xml[^>]*?\bencoding\s*=\s*["'](?!utf-8|utf-16|us-ascii)/i;
const REFERENCE = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi;

/**
 * A list of parts or of relationships as text in which words are found however they are written: UTF-16 loses its zero bytes, and
 * references to plain characters (`&#69;xternal`) are spelt out. Throws SuspiciousArchive for an encoding that no package has.
 */
export function textOfXml(bytes: Buffer): string {
  const text = bytes
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(REFERENCE, (reference, hex?: string, decimal?: string) => {
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      const character = code < 128 ? String.fromCharCode(code) : '';
      return /[\w:/.-]/.test(character) ? character : reference;
    });
  if (FOREIGN_ENCODING.test(text)) throw new SuspiciousArchive();
  return text;
}

/** `[Content_Types].xml`: the main part is of the right type, and no part is a macro. Throws MacroNotAllowed, ContentMismatch. */
export function checkContentTypes(extension: 'docx' | 'xlsx', text: string): void {
  if (MACRO.test(text)) throw new MacroNotAllowed();
  if (!text.includes(MAIN_TYPE[extension])) throw new ContentMismatch(extension);
}

/**
 * Hyperlinks may point outside; templates, pictures and objects may not. Throws MacroNotAllowed, ActiveContent, SuspiciousArchive when there
 * is a relationship that cannot be read.
 */
export function checkRelationships(text: string): void {
  const relationships = text.match(RELATIONSHIP) ?? [];
  if (relationships.length !== (text.match(RELATIONSHIP_BEGINNING) ?? []).length) throw new SuspiciousArchive();
  for (const relationship of relationships) {
    if (/\bType\s*=\s*["'][^"']*\/vbaProject["']/i.test(relationship)) throw new MacroNotAllowed();
    const isOutside = /\bTargetMode\s*=\s*["']\s*External/i.test(relationship);
    if (isOutside && !/\bType\s*=\s*["'][^"']*\/hyperlink["']/i.test(relationship)) throw new ActiveContent();
  }
}
