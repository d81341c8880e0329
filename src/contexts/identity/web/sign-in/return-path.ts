/** Where a citizen lands who asked for nothing in particular. */
const HOME = '/cabinet';

/**
 * The page to show after sign-in: only an address on this site, never one of the sign-in itself. Anything else gives the first
 * page of the cabinet, so that a link cannot send a citizen elsewhere through us.
 */
export function returnPathOf(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return HOME;
  const base = 'http://portal.invalid';
  if (!URL.canParse(asked, base)) return HOME;
  const { origin, pathname, search, hash } = new URL(asked, base);
  if (origin !== base || pathname.startsWith('//') || pathname.startsWith('/auth/')) return HOME;
  return `${pathname}${search}${hash}`;
}
