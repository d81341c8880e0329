import { randomUUID } from 'node:crypto';
import { Agent, Pool } from 'undici';

/** Anti-forgery cookie and token; they belong to the browser, not to the person, so one pair serves the crowd. */
export async function antiForgery(portal) {
  const agent = new Agent();
  const answer = await agent.request({ origin: portal, path: '/', method: 'GET' });
  const html = await answer.body.text();
  await agent.close();
  const line = [answer.headers['set-cookie'] ?? []].flat().find((cookie) => cookie.startsWith('__Host-csrf='));
  return { cookie: line.split(';')[0], token: /name="csrf-token" content="([^"]+)"/.exec(html)[1] };
}

/** The browser's last click: POST /drafts/:id/submit, good when it leads to an application. Undici's lowest level keeps the sender cheap. */
export async function open({ portal, connections }) {
  const { cookie, token } = await antiForgery(portal);
  const pool = new Pool(portal, { connections, pipelining: 1 });
  const send = (citizen) =>
    new Promise((sent, failed) => {
      let status;
      let location;
      pool.dispatch(
        {
          method: 'POST',
          path: `/drafts/${citizen.draftId}/submit`,
          headers: { cookie: `${citizen.cookie}; ${cookie}`, 'content-type': 'application/x-www-form-urlencoded' },
          body: `_csrf=${token}&version=${citizen.version}&idempotencyKey=${randomUUID()}`,
        },
        {
          onRequestStart: () => undefined,
          onResponseStart: (_controller, statusCode, headers) => {
            status = statusCode;
            location = headers.location;
          },
          onResponseData: () => undefined,
          onResponseEnd: () =>
            status === 303 && location?.startsWith('/applications/') ? sent() : failed(new Error(`answered ${status}`)),
          onResponseError: (_controller, error) => failed(error),
        },
      );
    });
  return { send, close: () => pool.close() };
}
