/**
 * The page of this site that a link or a form names as the one to go on to, or null: an address of another site, or one that a browser would
 * take for such, is nobody's wish, so that a link cannot send a citizen elsewhere through us.
 */
export function ownPathOf(asked: unknown): string | null {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return null;
  const base = 'http://portal.invalid';
  if (!URL.canParse(asked, base)) return null;
  const { origin, pathname, search, hash } = new URL(asked, base);
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : null;
}
