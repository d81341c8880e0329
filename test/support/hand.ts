import { type Page } from 'playwright-core';

/** What the portal answered, redirects followed. */
export interface Answer {
  readonly status: number;
  /** Path of the page that was shown in the end. */
  readonly path: string;
  readonly html: string;
}

interface Body {
  readonly fields?: Readonly<Record<string, string>>;
  readonly json?: string;
  readonly file?: { readonly field: string; readonly name: string; readonly content: Buffer };
}

/** Gets a page of the portal as the person at `page` would, without leaving the page. */
export const look = (page: Page, path: string): Promise<Answer> => exchange(page, 'GET', path);

/** Sends a form of the portal as the person at `page` would: the same cookies, the token of the open page. */
export const send = (page: Page, path: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> => exchange(page, 'POST', path, { fields });

/** As `send`, with a file beside the words. */
export const sendFile = (page: Page, path: string, body: Body): Promise<Answer> => exchange(page, 'POST', path, body);

/** Asks the API as a script of the portal would: a JSON body, the token of the open page. */
export const sendJson = (page: Page, method: string, path: string, json: object): Promise<Answer> => exchange(page, method, path, { json: JSON.stringify(json) });

function exchange(page: Page, method: string, path: string, body?: Body): Promise<Answer> {
  const file = body?.file && { field: body.file.field, name: body.file.name, base64: body.file.content.toString('base64') };
  return page.evaluate(
    async (asked) => {
      const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
      const headers: Record<string, string> = { accept: 'text/html', 'x-csrf-token': token };
      let sent: URLSearchParams | FormData | string | undefined = asked.json;
      if (asked.json) headers['content-type'] = 'application/json';
      if (asked.fields) sent = new URLSearchParams(asked.fields);
      let address = asked.path;
      if (asked.fields && asked.file) {
        sent = new FormData();
        for (const [name, value] of Object.entries(asked.fields)) sent.append(name, value);
        const bytes = Uint8Array.from(atob(asked.file.base64), (sign) => sign.charCodeAt(0));
        sent.append(asked.file.field, new Blob([bytes]), asked.file.name);
        address = `${asked.path}?_csrf=${encodeURIComponent(token)}`;
      }
      const answer = await fetch(address, { method: asked.method, headers, body: sent });
      return { status: answer.status, path: new URL(answer.url).pathname, html: await answer.text() };
    },
    { method, path, fields: body?.fields, json: body?.json, file },
  );
}
