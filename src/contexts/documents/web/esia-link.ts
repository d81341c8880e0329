import { type Config } from '../../../platform/config/config.js';

/** Where documents of ESIA are changed; from there the citizen comes back to `path`, and finds there what was changed. */
export function esiaEditUrl({ esia, publicUrl }: Config, path: string): string {
  const url = new URL(esia.profileUrl);
  url.searchParams.set('return', `${publicUrl}/profile/return?to=${encodeURIComponent(path)}`);
  return url.href;
}
