import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, type Response } from 'playwright-core';
import { accessibilityProblems } from './browser.js';

const SCREENSHOTS = process.env['SCREENSHOTS'];
/** A template that was not filled, a value that was not there, a code that nobody translated. */
const UNFINISHED = [/\{\{|\}\}/, /undefined/, /\[object/, /\bNaN\b/, /\bnull\b/, /Invalid Date/, /\b[A-Z]{2,}_[A-Z_]+\b/, /[a-z]+\.[a-z]+(-[a-z]+)+/];

/** Addresses of e-mail, and what the SMPP protocol calls its errors. */
const NAMES_OF_OTHERS = /\S+@\S+|ESME_\w+/g;

/** Goes to a page and tells what is wrong with it, in short sentences that begin with the address. */
export async function faultsOf(page: Page, name: string, open: () => Promise<Response | null>, status = 200): Promise<string[]> {
  const faults: string[] = [];
  const told = (text: string) => faults.push(text);
  page.on('pageerror', (error) => told(`script: ${error.message}`));
  page.on('console', (line) => {
    const ownStatus = status >= 400 && line.text().includes(String(status));
    if (line.type() === 'error' && !ownStatus) told(`console: ${line.text()}`);
  });
  try {
    const answer = await open();
    if (answer?.status() !== status) told(`answers ${answer?.status()} instead of ${status}`);
    faults.push(...(await wordFaults(page)));
    faults.push(...(await widthFaults(page)));
    faults.push(...(await accessibilityProblems(page)).map((problem) => `axe: ${problem}`));
  } finally {
    page.removeAllListeners('console');
    page.removeAllListeners('pageerror');
  }
  await keepPicture(page, name);
  return faults.map((fault) => `${name} ${fault}`);
}

/** A page on a telephone also fits 320 px: that is a wide screen enlarged four times (WCAG 1.4.10). */
async function widthFaults(page: Page): Promise<string[]> {
  const size = page.viewportSize()!;
  const faults: string[] = [];
  for (const width of size.width < 400 ? [size.width, 320] : [size.width]) {
    await page.setViewportSize({ ...size, width });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) faults.push(`is ${overflow} px too wide at ${width} px`);
  }
  await page.setViewportSize(size);
  return faults;
}

async function wordFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const heads = await page.locator('h1').count();
  if (heads !== 1) faults.push(`has ${heads} h1`);
  if ((await page.title()).trim().startsWith('—') || !(await page.title())) faults.push('has no title');
  const text = await page.locator('body').innerText();
  for (const pattern of UNFINISHED) {
    const found = pattern.exec(text.replaceAll(NAMES_OF_OTHERS, ''))?.[0];
    if (found) faults.push(`says «${found}»`);
  }
  return faults;
}

/** With `SCREENSHOTS=<folder>` every page is kept as a picture for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  const folder = join(SCREENSHOTS, String(page.viewportSize()?.width));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\wа-яё]+/gi, '_')}.png`), fullPage: true });
}

/** Sends a form as a page of its own would, so that the answer is shown in the window. */
export async function submit(page: Page, path: string, fields: Readonly<Record<string, string>>, multipart = false): Promise<Response> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === 'POST'),
    page.waitForEvent('load'),
    page.evaluate(
      ({ action, values, enctype }) => {
        const form = document.createElement('form');
        const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
        form.method = 'post';
        form.enctype = enctype;
        form.action = enctype.startsWith('multipart') ? `${action}?_csrf=${encodeURIComponent(token)}` : action;
        for (const [name, value] of Object.entries({ _csrf: token, ...values })) {
          const field = document.createElement('input');
          field.type = 'hidden';
          field.name = name;
          field.value = value;
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      },
      { action: path, values: fields, enctype: multipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded' },
    ),
  ]);
  return answer;
}
