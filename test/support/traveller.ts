import { readFile } from 'node:fs/promises';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { newPerson } from './browser.js';

const PATIENCE_MS = 20_000;
/** Characters of a page that still tell what it is. */
const LEGIBLE = 1500;

/** Somebody on the way through the portal, at a browser of their own. */
export class Traveller {
  private constructor(
    readonly page: Page,
    readonly portal: string,
  ) {}

  static async at(
    browser: Browser,
    portal: string,
    options: { readonly javaScript?: boolean } = {},
  ): Promise<Traveller> {
    const context = await newPerson(browser, options);
    context.setDefaultTimeout(PATIENCE_MS);
    return new Traveller(await context.newPage(), portal);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.portal}${path}`);
  }

  /** Waits until each of the words is to be seen on the page. */
  async sees(...words: readonly (string | RegExp)[]): Promise<void> {
    for (const text of words) {
      try {
        await this.page.getByText(text).first().waitFor();
      } catch (cause) {
        throw new Error(`${this.page.url()} never said «${text}», but:\n${await this.mainWords()}`, { cause });
      }
    }
  }

  async seesHeadings(...names: readonly (string | RegExp)[]): Promise<void> {
    for (const name of names) await this.page.getByRole('heading', { name }).first().waitFor();
  }

  async follow(link: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name: link }).click();
  }

  async press(button: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).click();
  }

  async type(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async download(link: Locator): Promise<Buffer> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), link.click()]);
    return readFile(await download.path());
  }

  /** One more window of the same browser, closed after the visit. */
  async elsewhere(url: string, visit: (page: Page) => Promise<void>): Promise<void> {
    const page = await this.page.context().newPage();
    await page.goto(url);
    await visit(page);
    await page.close();
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }

  private async mainWords(): Promise<string> {
    return (await this.page.locator('main').first().innerText()).slice(0, LEGIBLE);
  }
}
