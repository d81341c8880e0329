import { type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { type Product } from './product.js';

export const ADMINISTRATOR = { login: 'admin@example.ru', password: 'Sample-Office-2026' };
export const CLERK = { login: 'clerk@edu.example.ru', password: 'Sample-Office-2026' };

const usedCodes = new Map<string, string>();

/** Through the door of the back-office, with the one-time code that the inbox shows in place of a telephone. A code opens once. */
export async function signInAtOffice(
  page: Page,
  product: Product,
  staff: { readonly login: string; readonly password: string },
): Promise<void> {
  const code = await eventually('a one-time code that was not used', async () => {
    const codes = (await (await fetch(`${product.inbox}/codes.json`)).json()) as { account: string; code: string }[];
    const current = codes.find(({ account }) => account === staff.login)?.code;
    return current !== usedCodes.get(staff.login) && current;
  });
  usedCodes.set(staff.login, code);
  await page.goto(`${product.portal}/office/sign-in`);
  await page.getByLabel('Рабочая почта').fill(staff.login);
  await page.getByLabel('Пароль').fill(staff.password);
  await page.getByLabel('Код из приложения').fill(code);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.waitForURL((url) => url.pathname !== '/office/sign-in');
}

/** The case in the queue of the clerk, opened. It comes there in the background. */
export async function openCase(page: Page, portal: string, number: string): Promise<void> {
  await eventually(`${number} is in the queue`, async () => {
    await page.goto(`${portal}/office/queue`);
    return (await page.getByRole('link', { name: number }).count()) > 0;
  });
  await page.getByRole('link', { name: number }).click();
}

/** One of the folded parts of «Что можно сделать», unfolded. */
export async function unfold(page: Page, title: string): Promise<Locator> {
  const part = page.locator('details', { has: page.locator('summary', { hasText: title }) });
  await part.locator('summary').click();
  return part;
}

/** A decision with its file; final. */
export async function decide(
  page: Page,
  decision: {
    readonly outcome: 'Исполнено' | 'Отказано';
    readonly reason: string;
    readonly legalGround?: string;
    readonly file: { name: string; mimeType: string; buffer: Buffer };
  },
): Promise<void> {
  const form = await unfold(page, 'Принять решение');
  await form.getByRole('radio', { name: decision.outcome }).check();
  await form.getByLabel('Что решено и почему').fill(decision.reason);
  if (decision.legalGround) await form.getByLabel('Основание отказа').fill(decision.legalGround);
  await form.getByLabel('Файл с решением').setInputFiles(decision.file);
  await form.getByRole('button', { name: 'Вынести решение' }).click();
  await page.getByText('Работа с заявлением завершена.').waitFor();
}
