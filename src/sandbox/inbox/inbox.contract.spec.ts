import { createTransport } from 'nodemailer';
import { type InboxSandbox, startInboxSandbox } from './server.js';

describe('the inbox sandbox', () => {
  let sandbox: InboxSandbox;

  beforeAll(async () => {
    sandbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.mailbox.clear());

  const post = async (subject: string, html = '<p>Письмо</p>', to = 'a@example.ru') => {
    const transport = createTransport({ url: sandbox.smtpUrl });
    await transport.sendMail({ from: 'b@example.ru', to, subject, text: subject, html });
    transport.close();
  };
  const page = async (path = '/') => (await fetch(sandbox.url + path)).text();
  const messages = async (query = '') =>
    (await (await fetch(`${sandbox.url}/messages.json${query}`)).json()) as { subject: string }[];

  it('shows letters newest first, decoded', async () => {
    await post('Первое');
    await post('Второе');
    const html = await page();
    expect(html.indexOf('Второе')).toBeLessThan(html.indexOf('Первое'));
    expect((await messages()).map(({ subject }) => subject)).toEqual(['Второе', 'Первое']);
  });

  it('shows the HTML of a letter only inside a frame that can do nothing', async () => {
    await post('Опасное <script>', '<script>alert(1)</script>');
    const html = await page();
    expect(html).not.toContain('<script>');
    expect(html).toContain('<iframe sandbox srcdoc=');
  });

  it('narrows by channel, address and words', async () => {
    await post('Для Марии', undefined, 'maria@example.ru');
    await post('Для Игоря', undefined, 'igor@example.ru');
    expect(await messages('?to=maria')).toMatchObject([{ subject: 'Для Марии' }]);
    expect(await messages('?search=ИГОРЯ')).toMatchObject([{ subject: 'Для Игоря' }]);
    expect(await messages('?channel=sms')).toEqual([]);
  });

  it('lets a fault be switched on from its page, for so many messages', async () => {
    const arm = (fault: string, times: string) =>
      fetch(`${sandbox.url}/faults`, {
        method: 'POST',
        body: new URLSearchParams({ fault, times }),
        redirect: 'manual',
      });
    expect((await arm('email.rejected', '1')).status).toBe(303);
    await expect(post('Отвергнутое')).rejects.toMatchObject({ responseCode: 550 });
    await post('Принятое');
    expect((await arm('email.lost', '1')).status).toBe(422);
  });

  it('forgets everything on demand', async () => {
    await post('Письмо');
    expect((await fetch(`${sandbox.url}/messages.json`, { method: 'DELETE' })).status).toBe(204);
    expect(await page()).toContain('Пока ничего не пришло');
  });

  it('takes no push without a token of the sender, and none for an unknown device', async () => {
    const { endpoint } = (await (
      await fetch(`${sandbox.url}/push/subscriptions?device=Телефон`, { method: 'POST' })
    ).json()) as { endpoint: string };
    const push = (to: string, headers: Record<string, string>) => fetch(to, { method: 'POST', headers, body: 'x' });
    expect((await push(endpoint, { ttl: '60' })).status).toBe(403);
    expect((await push(endpoint, {})).status).toBe(400);
    expect((await push(`${sandbox.url}/push/00000000-0000-0000-0000-000000000000`, { ttl: '60' })).status).toBe(404);
  });
});
