import Handlebars from 'handlebars';

import { formatDate, formatDateTime, formatFileSize, formatMoney, plural, type Moment } from './format.js';
import { type Messages } from './messages.js';

/** What the helpers take from outside the template. */
export interface HelperSources {
  messages: Messages;
  /** Address of a built asset by its plain name: `portal.css` → `/assets/portal.4f2a….css`. */
  assetUrl: (name: string) => string;
  /** Word, icon and tone of every status code. */
  statuses: Record<string, { word: string; icon: string; tone: string }>;
}

interface FileContext {
  name: string;
  /** Address of the file itself. */
  href?: string;
  /** `PENDING` and `INFECTED` files are shown, but not given out. */
  scan?: string;
  /** Every reading of the file is recorded, so the page reads nothing of it unasked. */
  recorded?: boolean;
}

interface FieldContext {
  name: string;
  hint?: string;
  value?: unknown;
  error?: string;
}

const escape = Handlebars.escapeExpression;
const safe = (html: string) => new Handlebars.SafeString(html);
/** Handlebars passes its options as the last argument. */
const withoutOptions = (values: unknown[]): unknown[] => values.slice(0, -1);
const asText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
/** Kinds of files with a first page to see. */
const LOOKS: Readonly<Record<string, string>> = { jpg: 'picture', jpeg: 'picture', pdf: 'drawn', tiff: 'drawn' };
const formatOf = (name: string): string => /\.(\w{1,4})$/.exec(asText(name))?.[1]?.toLowerCase() ?? '';
const path = (name: string): string => name.replace(/\[(\w+)\]/g, '.$1');
const lookup = (source: unknown, dotted: string): unknown =>
  dotted
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        Object.hasOwn(Object(value) as object, key) ? (value as Record<string, unknown>)[key] : undefined,
      source,
    );

/**
 * Everything a template may call; the set is closed, so a misspelt helper stops the start instead of printing nothing.
 * Values are compared as text, because a form gives back `'1'` where a view holds `1`.
 */
export const templateHelpers = ({
  messages,
  assetUrl,
  statuses,
}: HelperSources): Record<string, Handlebars.HelperDelegate> => {
  const icon = (name: unknown) =>
    safe(
      `<svg class="icon" aria-hidden="true" focusable="false"><use href="${escape(assetUrl('icons.svg'))}#${escape(asText(name))}"></use></svg>`,
    );

  return {
    money: (kopecks: number) => formatMoney(kopecks),
    date: (moment: Moment) => formatDate(moment),
    dateTime: (moment: Moment) => formatDateTime(moment),
    fileSize: (bytes: number) => formatFileSize(bytes),
    plural: (count: number, one: string, few: string, many: string) => plural(count, one, few, many),
    message: (code: string, options: Handlebars.HelperOptions) =>
      messages.text(code, options.hash as Record<string, unknown>),
    asset: (name: string) => assetUrl(name),
    icon,
    status: (code: string) => {
      const known = statuses[code];
      if (!known) throw new RangeError(`No status ${code} in templates/partials/statuses.json`);
      return safe(
        `<span class="chip chip-${escape(known.tone)}">${icon(known.icon).toHTML()}${escape(known.word)}</span>`,
      );
    },

    eq: (a: unknown, b: unknown) => asText(a) === asText(b),
    ne: (a: unknown, b: unknown) => asText(a) !== asText(b),
    not: (value: unknown) => Handlebars.Utils.isEmpty(value),
    /** The first empty value, or else the last one; null and undefined are empty, too. */
    and: (...values: unknown[]) => {
      const operands = withoutOptions(values);
      const empty = operands.findIndex((value) => Handlebars.Utils.isEmpty(value));
      return operands.at(empty);
    },
    or: (...values: unknown[]) => withoutOptions(values).find((value) => !Handlebars.Utils.isEmpty(value)),
    includes: (list: unknown, value: unknown) => [list].flat().map(asText).includes(asText(value)),
    concat: (...values: unknown[]) => withoutOptions(values).map(asText).join(''),
    increment: (index: number) => index + 1,
    /** An id made from a heading: letters and digits joined by dashes. */
    slug: (text: string) =>
      asText(text)
        .toLowerCase()
        .replace(/[^\p{L}\d]+/gu, '-'),
    /** True on the section's own page and below it. */
    inSection: (current: string, section: string) => current === section || asText(current).startsWith(`${section}/`),
    /** Id of one choice in a group: the first bears the group's own, so that the error summary can link to it. */
    choiceId: (group: string, index: number) => (index === 0 ? group : `${group}-${index + 1}`),
    /** Attributes that have a value: `type="text" readonly`. `true` is printed bare, empty ones are left out. */
    attributes: (options: Handlebars.HelperOptions) =>
      safe(
        Object.entries(options.hash as Record<string, unknown>)
          .filter(([, value]) => !Handlebars.Utils.isEmpty(value))
          .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escape(asText(value))}"`))
          .join(''),
      ),
    /**
     * Opens a row with a file: tells its `format` by its name, and how its first page can be seen: `look` is `picture` (the browser's own),
     * `drawn` (by a script) or empty; `thumbnail` the same where it may be read unasked.
     */
    fileFace(this: FileContext, options: Handlebars.HelperOptions) {
      const format = formatOf(this.name);
      const href = this.scan === 'PENDING' || this.scan === 'INFECTED' ? undefined : this.href;
      const look = href ? LOOKS[format] : undefined;
      const thumbnail = this.recorded ? undefined : look;
      return options.fn({ ...this, href, format, look, thumbnail }, { data: options.data as object });
    },
    /**
     * Opens a form field: finds its value in the model's `form` and its error in `errors` by name (`requisites[number]` → `form.requisites.number`),
     * gives it an id and ties hint and error to it.
     */
    field(this: FieldContext, options: Handlebars.HelperOptions) {
      const context = { ...this, ...(options.hash as Partial<FieldContext>) };
      const root = (options.data as { root: { form?: unknown; errors?: { fields?: Record<string, string> } | null } })
        .root;
      const dotted = path(context.name);
      const error = context.error ?? root.errors?.fields?.[dotted] ?? root.errors?.fields?.[context.name];
      const id = dotted;
      return options.fn(
        {
          ...context,
          id,
          value: context.value ?? lookup(root.form, dotted),
          error,
          invalid: error ? 'true' : undefined,
          describedBy: [context.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' '),
        },
        { data: options.data as object },
      );
    },
  };
};
