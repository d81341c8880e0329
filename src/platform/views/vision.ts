/** The version for the visually impaired (ГОСТ Р 52872-2019): what the reader chose, kept in a cookie. */
export interface Vision {
  size: 'large' | 'huge';
  colours: 'black-on-white' | 'white-on-black' | 'blue-on-light';
  spacing: 'normal' | 'wide';
}

export const VISION_COOKIE = '__Host-vision';

const SIZES = ['large', 'huge'] as const;
const COLOURS = ['black-on-white', 'white-on-black', 'blue-on-light'] as const;
const SPACINGS = ['normal', 'wide'] as const;

const oneOf = <T extends string>(allowed: readonly T[], value: unknown): T =>
  allowed.find((known) => known === value) ?? (allowed[0] as T);

/** A choice made in the form; anything unknown becomes the first, safest setting. */
export const visionOf = (choice: Partial<Record<keyof Vision, unknown>>): Vision => ({
  size: oneOf(SIZES, choice.size),
  colours: oneOf(COLOURS, choice.colours),
  spacing: oneOf(SPACINGS, choice.spacing),
});

/** `large.black-on-white.wide` */
export const writeVision = ({ size, colours, spacing }: Vision): string => [size, colours, spacing].join('.');

/** The cookie's choice; null means the ordinary version. */
export const readVision = (cookie: string): Vision | null => {
  if (!cookie) return null;
  const [size, colours, spacing] = cookie.split('.');
  return visionOf({ size, colours, spacing });
};
