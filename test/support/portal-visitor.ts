import { type NestFastifyApplication } from '@nestjs/platform-fastify';

/** An answer of the portal as a person sees it. */
export interface Visit {
  readonly status: number;
  readonly location: string | undefined;
  readonly html: string;
  /** The words of the page: no tags, single plain spaces. */
  readonly text: string;
}

/** A browser without a window: keeps cookies and sends forms with the anti-forgery token of the page opened last. */
export class PortalVisitor {
  private readonly cookies = new Map<string, string>();
  private token = '';

  constructor(private readonly nest: NestFastifyApplication) {}

  open(path: string): Promise<Visit> {
    return this.request('GET', path);
  }

  /** Sends a form. Where the answer is a redirect, the next page is not opened by itself. */
  async send(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const body = new URLSearchParams({ ...fields, _csrf: this.tokenOfPage() }).toString();
    return this.request('POST', path, { type: 'application/x-www-form-urlencoded', body });
  }

  /** Sends a multipart form; its token travels in the address. */
  async sendFiles(
    path: string,
    fields: Readonly<Record<string, string>>,
    files: readonly { readonly field: string; readonly name: string; readonly content: Uint8Array<ArrayBuffer> }[],
  ): Promise<Visit> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const { field, name, content } of files) form.append(field, new Blob([content]), name);
    return this.sendForm(path, form);
  }

  /** As sendFiles, with a form that is filled already. */
  async sendForm(path: string, form: FormData): Promise<Visit> {
    const encoded = new Response(form);
    const body = Buffer.from(await encoded.arrayBuffer());
    return this.request('POST', `${path}?_csrf=${encodeURIComponent(this.tokenOfPage())}`, {
      type: encoded.headers.get('content-type') ?? '',
      body,
    });
  }

  private tokenOfPage(): string {
    if (!this.token) throw new Error('Open a page first: its form holds the token');
    return this.token;
  }

  private async request(
    method: 'GET' | 'POST',
    path: string,
    payload?: { readonly type: string; readonly body: string | Buffer },
  ): Promise<Visit> {
    const response = await this.nest.inject({
      method,
      url: path,
      payload: payload?.body,
      headers: {
        accept: 'text/html',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(payload === undefined ? {} : { 'content-type': payload.type }),
      },
    });
    for (const { name, value } of response.cookies as { name: string; value: string }[])
      this.cookies.set(name, encodeURIComponent(value));
    this.token = /name="csrf-token" content="([^"]+)"/.exec(response.body)?.[1] ?? this.token;
    return {
      status: response.statusCode,
      location: response.headers.location,
      html: response.body,
      text: wordsOf(response.body),
    };
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
};

const wordsOf = (html: string): string =>
  html
    .replace(/<head>[\s\S]*?<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
