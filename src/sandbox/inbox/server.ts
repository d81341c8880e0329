import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type AuthenticatorAccount, currentCodes } from './authenticator.js';
import { type Fault, Faults, isFault } from './faults.js';
import { Mailbox, type InboxFilter } from './mailbox.js';
import { codesPage, inboxPage, STYLES } from './page.js';
import { PushService } from './push-service.js';
import { Smsc } from './smsc.js';
import { SmtpSink } from './smtp-sink.js';

export interface InboxSandboxOptions {
  /** Page, JSON and push service. Zero takes a free port, here and below. */
  readonly httpPort: number;
  readonly smppPort: number;
  readonly smtpPort: number;
  /** Address all three listen on; by default only this machine reaches them. */
  readonly host?: string;
  /** Account that may bind at the SMSC. */
  readonly smpp?: { readonly systemId: string; readonly password: string };
  /** Sample staff whose one-time codes the page `/codes` shows, in place of their telephones. */
  readonly authenticator?: readonly AuthenticatorAccount[];
}

export interface InboxSandbox {
  /** Address of the page and of the push service. */
  readonly url: string;
  readonly smppUrl: string;
  readonly smtpUrl: string;
  readonly mailbox: Mailbox;
  readonly push: PushService;
  /** The next `times` messages meet the fault. */
  arm(fault: Fault, times: number): void;
  /** Cuts every SMPP connection, as a falling SMSC does. */
  dropSmppSessions(): void;
  boundSmppSessions(): number;
  close(): Promise<void>;
}

const MAX_BODY = 64 * 1024;
const CSP =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'";

const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void => {
  response
    .writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers })
    .end(body);
};
const sendJson = (response: ServerResponse, status: number, value: unknown) =>
  send(response, status, 'application/json', JSON.stringify(value));
const redirect = (response: ServerResponse) => response.writeHead(303, { location: '/' }).end();

const filterOf = (query: URLSearchParams): InboxFilter => {
  const channel = query.get('channel');
  return {
    ...(channel === 'sms' || channel === 'email' || channel === 'push' ? { channel } : {}),
    to: query.get('to') ?? '',
    search: query.get('search') ?? '',
  };
};

/**
 * Starts the three receiving ends: an SMSC (SMPP 3.4), a mail server and a push service, with one page that shows what they
 * took, and one with the one-time codes of sample staff. For programs: `GET /codes.json`, `GET /messages.json?channel&to&search`, `DELETE /messages.json`, `POST /faults` (`fault`, `times`),
 * `POST /push/subscriptions?device=` which answers with a subscription as a browser gives it.
 */
export async function startInboxSandbox(options: InboxSandboxOptions): Promise<InboxSandbox> {
  const { host = '127.0.0.1' } = options;
  const mailbox = new Mailbox();
  const faults = new Faults();
  const push = new PushService(mailbox, faults);
  const account = options.smpp ?? { systemId: 'lkspb', password: 'sandbox' };
  const smsc = new Smsc({ port: options.smppPort, ...account }, mailbox, faults);
  const smtp = new SmtpSink(options.smtpPort, mailbox, faults);

  const codes = () => currentCodes(options.authenticator ?? [], new Date());

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const origin = `http://${request.headers.host ?? 'localhost'}`;
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    const route = `${request.method ?? 'GET'} ${pathname}`;
    const body = await buffer(request);
    if (body.length > MAX_BODY) return send(response, 413, 'text/plain', '');
    switch (route) {
      case 'GET /': {
        const filter = filterOf(searchParams);
        const page = inboxPage(mailbox.list(filter), filter, faults);
        return send(response, 200, 'text/html', page, { 'content-security-policy': CSP });
      }
      case 'GET /codes':
        return send(response, 200, 'text/html', codesPage(codes()), { 'content-security-policy': CSP, refresh: '5' });
      case 'GET /codes.json':
        return sendJson(response, 200, codes());
      case 'GET /styles.css':
        return send(response, 200, 'text/css', STYLES);
      case 'GET /messages.json':
        return sendJson(response, 200, mailbox.list(filterOf(searchParams)));
      case 'DELETE /messages.json':
        mailbox.clear();
        return void response.writeHead(204).end();
      case 'POST /clear':
        mailbox.clear();
        return void redirect(response);
      case 'POST /faults': {
        const form = new URLSearchParams(body.toString('utf8'));
        const fault = form.get('fault') ?? '';
        const times = Number(form.get('times'));
        if (!isFault(fault) || !Number.isInteger(times) || times < 0)
          return send(response, 422, 'text/plain', 'Неизвестный сбой или число');
        faults.arm(fault, times);
        return void redirect(response);
      }
      case 'POST /push/subscriptions':
        return sendJson(response, 201, push.subscribe(searchParams.get('device') ?? 'Телефон', origin));
    }
    const [, deviceId] = /^POST \/push\/([\w-]+)$/.exec(route) ?? [];
    if (!deviceId) return send(response, 404, 'text/plain', 'Нет такой страницы');
    const result = await push.receive(deviceId, { headers: request.headers, body, origin });
    send(response, result.status, 'text/plain', result.text ?? '', result.headers);
  };

  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => send(response, 500, 'text/plain', String(error)));
  });
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(options.httpPort, host, resolve));
  const [smppPort, smtpPort] = await Promise.all([smsc.listen(host), smtp.listen(host)]);

  return {
    url: `http://localhost:${(http.address() as AddressInfo).port}`,
    smppUrl: `smpp://localhost:${smppPort}`,
    smtpUrl: `smtp://localhost:${smtpPort}`,
    mailbox,
    push,
    arm: (fault, times) => faults.arm(fault, times),
    dropSmppSessions: () => smsc.disconnectAll(),
    boundSmppSessions: () => smsc.boundSessions,
    close: async () => {
      http.closeAllConnections();
      await Promise.all([new Promise((resolve) => http.close(resolve)), smsc.close(), smtp.close()]);
    },
  };
}
