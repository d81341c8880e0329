import { type Page } from 'playwright-core';

/** «Продолжить», and the page with this heading comes. */
export async function goOnTo(page: Page, heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
}

/** From the catalogue into the form of a service. */
export async function beginService(page: Page, portal: string, title: string): Promise<void> {
  await page.goto(`${portal}/services`);
  await page.getByRole('link', { name: title }).first().click();
  await page.getByRole('button', { name: 'Заполнить заявление' }).click();
  await page.waitForURL(/\/drafts\/[^/]+\/steps\//);
}

/** «Отправить заявление» on the page of checking; answers the registration number. */
export async function send(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Отправить заявление' }).click();
  await page.waitForURL(/\/applications\/[^/]+$/);
  await page.getByText('Заявление отправлено').waitFor();
  return (await page.getByText(/^78-\d{4}-\d{8}$/).first().innerText()).trim();
}

/** A complaint against the Committee on Education, from the catalogue to its registration number. */
export async function sendComplaint(page: Page, portal: string): Promise<string> {
  await beginService(page, portal, 'Досудебное обжалование');
  await page.getByRole('heading', { level: 1, name: 'На кого жалоба' }).waitFor();
  await page.getByRole('radio', { name: 'Комитет по образованию' }).check();
  await page.getByRole('radio', { name: 'Срок оказания услуги' }).check();
  await goOnTo(page, 'Суть жалобы');
  await page.getByLabel('Что произошло').fill('Заявление лежит в ведомстве второй месяц, срок ответа давно прошёл, на звонки не отвечают.');
  await page.getByLabel('Чего вы просите').fill('Ответить на заявление и назвать виновных.');
  await goOnTo(page, 'Ответ');
  await goOnTo(page, 'Документы');
  await goOnTo(page, 'Согласие');
  await page.getByRole('checkbox', { name: /Согласен на обработку/ }).check();
  await goOnTo(page, 'Проверка и отправка');
  return send(page);
}
