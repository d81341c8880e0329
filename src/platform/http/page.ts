import { type Readable } from 'node:stream';

export type Layout = 'public' | 'cabinet' | 'office';

/** A page to be rendered: template `templates/<template>.hbs`, what it prints, and the answer's status. */
export class Page {
  constructor(
    readonly template: string,
    readonly model: PageModel,
    readonly status: number,
    readonly layout: Layout,
    readonly unreadCount: number | undefined,
  ) {}
}

/** What every page prints: its own title in the browser's tab and as `h1`. */
export interface PageModel {
  readonly title: string;
}

/**
 * Shows `templates/<template>.hbs`; a refused form comes back with status 422 and everything typed. `unreadCount` is the number at the bell
 * where the handler knows it already; otherwise the frame asks for it.
 */
export const page = <Model extends PageModel>(
  template: string,
  model: Model,
  options: { status?: number; layout?: Layout; unreadCount?: number | undefined } = {},
): Page => new Page(template, model, options.status ?? 200, options.layout ?? 'cabinet', options.unreadCount);

/** After an accepted POST: 303 to the next page, which shows the notice once. */
export class SeeOther {
  constructor(
    readonly url: string,
    readonly notice: string | undefined,
  ) {}
}

/** `notice` is a message code of `templates/<context>/messages.json`. */
export const seeOther = (url: string, options: { notice?: string } = {}): SeeOther => new SeeOther(url, options.notice);

/** A file for the citizen: an attachment, never run; only a picture may be shown in the browser's window. */
export class Download {
  constructor(
    readonly file: DownloadedFile,
    readonly disposition: 'attachment' | 'inline',
  ) {}
}

export interface DownloadedFile {
  readonly content: Readable | AsyncIterable<Uint8Array> | Buffer;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes?: number;
}

export const download = (file: DownloadedFile): Download => new Download(file, 'attachment');

/** For pictures only, whose content has been looked at: any other file would be opened by whatever the browser has for it. */
export const showPicture = (file: DownloadedFile): Download => new Download(file, 'inline');
