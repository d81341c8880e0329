import { type Page } from 'playwright-core';
import { type Answer, send } from './hand.js';
import { COMPLAINT_PAGES } from './typed-pages.js';

const versionIn = ({ html }: Answer): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';

/** A draft of the complaint with every page filled, ready to be checked and sent; answers its id. The person is somewhere at the portal. */
export async function fillComplaint(page: Page): Promise<string> {
  let shown = await send(page, '/services/PRE_TRIAL_COMPLAINT/draft');
  const draftId = /\/drafts\/([\w-]+)\//.exec(shown.path)?.[1];
  if (!draftId) throw new Error(`No draft was begun: ${shown.status} ${shown.path}`);
  for (const [step, answers] of Object.entries({ ...COMPLAINT_PAGES, FILES: {} })) {
    shown = await send(page, `/drafts/${draftId}/steps/${step}`, { version: versionIn(shown), ...asFields(answers) });
    if (shown.status !== 200) throw new Error(`The page ${step} was not taken: ${shown.status}`);
  }
  return draftId;
}

/** Sends a filled draft from its check page; answers the id of the application. */
export async function sendComplaint(page: Page, portal: string, draftId: string): Promise<string> {
  await page.goto(`${portal}/drafts/${draftId}/check`);
  await page.getByRole('button', { name: 'Отправить заявление' }).click();
  await page.waitForURL(/\/applications\/[\w-]{36}/);
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Names as a browser writes them: `answers[birthCertificate][kind]`. */
function asFields(answers: Readonly<Record<string, unknown>>, prefix = 'answers'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(asFields(value as Record<string, unknown>, `${prefix}[${name}]`))
        : [[`${prefix}[${name}]`, String(value)]],
    ),
  );
}
