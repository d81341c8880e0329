import { type Config } from '../../../platform/config/config.js';

/** Where documents of ESIA are changed; from there the citizen comes back to a page that reads them anew. */
export function esiaEditUrl({ esia, publicUrl }: Config): string {
  const url = new URL(esia.profileUrl);
  url.searchParams.set('return', `${publicUrl}/profile/return`);
  return url.href;
}
