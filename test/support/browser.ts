import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as playwright, type Page } from 'playwright-core';

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** Arguments meant for its use in the cloud: one process, which dies with the first context closed, and a browser laxer than people have. */
const UNLIKE_PEOPLE = ['--single-process', '--disable-web-security', '--allow-running-insecure-content'];

/** A real Chromium out of npm. */
export const openBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((argument) => !UNLIKE_PEOPLE.includes(argument)), ...QUIET],
    headless: true,
  });

/** A person at a device: cookies of their own, Russian, Moscow time. */
export const newPerson = (
  browser: Browser,
  options: { readonly width?: number; readonly javaScript?: boolean } = {},
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    javaScriptEnabled: options.javaScript ?? true,
  });

/** What axe finds wrong with the page as it is now, in a form that names rule and element. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
