import { type Page } from 'playwright-core';

export const MARIA = { login: 'maria.nevskaya@example.ru', password: 'Sample-2026' };
export const IGOR = { login: 'igor.sadovy@example.ru', password: 'Sample-2026' };
export const OLGA = { login: 'olga.letnyaya@example.ru', password: 'Sample-2026' };
export const OLEG = { login: 'oleg.kamenny@example.ru', password: 'Sample-2026' };

/** Through ESIA to the page `path` of the portal, by hand as a person does it. */
export async function signIn(
  page: Page,
  portal: string,
  person: { readonly login: string; readonly password: string },
  path = '/cabinet',
): Promise<void> {
  await page.goto(`${portal}${path}`);
  await typeIntoEsia(page, person);
  await page.waitForURL(({ origin, pathname }) => pathname === '/consent' || origin === new URL(portal).origin);
  if (new URL(page.url()).pathname === '/consent') await page.getByRole('button', { name: 'Разрешить' }).click();
  await page.waitForURL(`${portal}${path}`);
}

/** The sign-in form of ESIA, sent. */
export async function typeIntoEsia(
  page: Page,
  person: { readonly login: string; readonly password: string },
): Promise<void> {
  await page.locator('input[name="login"]').fill(person.login);
  await page.locator('input[type="password"]').fill(person.password);
  await page.locator('button[type="submit"]').first().click();
}

/** Adds the sample car, whose fines the register holds. */
export async function addSampleCar(page: Page, portal: string): Promise<void> {
  await page.goto(`${portal}/profile/vehicles/new`);
  await page.getByLabel('Марка транспортного средства').fill('LADA Vesta');
  await page.getByLabel('Государственный регистрационный знак').fill('a123bc 178');
  await page.getByLabel('Серия и номер свидетельства о регистрации').fill('78 12 345678');
  await page.getByRole('button', { name: 'Добавить транспортное средство' }).click();
  await page.waitForURL(/\/profile(#.*)?$/);
}
