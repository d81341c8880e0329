import { ownPathOf } from '../../../../platform/http/own-path.js';

/** Where a citizen lands who asked for nothing in particular. */
const HOME = '/cabinet';

/** The page to show after sign-in: one of this site, never one of the sign-in itself; otherwise the first page of the cabinet. */
export function returnPathOf(asked: unknown): string {
  const path = ownPathOf(asked);
  return path === null || path.startsWith('/auth/') ? HOME : path;
}
