import { type Page } from 'playwright-core';
import { jpeg } from './sample-files.js';

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
  return (
    await page
      .getByText(/^78-\d{4}-\d{8}$/)
      .first()
      .innerText()
  ).trim();
}

/** A complaint against the Committee on Education, from the catalogue to its registration number. */
export async function sendComplaint(page: Page, portal: string): Promise<string> {
  await beginService(page, portal, 'Досудебное обжалование');
  await page.getByRole('heading', { level: 1, name: 'На кого жалоба' }).waitFor();
  await page.getByRole('radio', { name: 'Комитет по образованию' }).check();
  await page.getByRole('radio', { name: 'Срок оказания услуги' }).check();
  await goOnTo(page, 'Суть жалобы');
  await page
    .getByLabel('Что произошло')
    .fill('Заявление лежит в ведомстве второй месяц, срок ответа давно прошёл, на звонки не отвечают.');
  await page.getByLabel('Чего вы просите').fill('Ответить на заявление и назвать виновных.');
  await goOnTo(page, 'Ответ');
  await goOnTo(page, 'Документы');
  await goOnTo(page, 'Согласие');
  await page.getByRole('checkbox', { name: /Согласен на обработку/ }).check();
  await goOnTo(page, 'Проверка и отправка');
  return send(page);
}

/** The whole form with what the portal knows already, a draft that saves itself, files from both places, and a check before sending. */
export async function applyToSchool(
  page: Page,
  portal: string,
  known: { readonly telephone: string; readonly email: string; readonly cabinetFile: string },
): Promise<string> {
  await beginService(page, portal, 'Запись в первый класс');
  await page.getByRole('heading', { level: 1, name: 'Ребёнок', exact: true }).waitFor();

  await page.getByRole('link', { name: 'Назад' }).click();
  await page.getByText('Невская Мария Петровна').first().waitFor();
  expect(await page.getByLabel('Мобильный телефон').inputValue()).toBe(known.telephone);
  expect(await page.getByLabel('Электронная почта').inputValue()).toBe(known.email);
  await goOnTo(page, 'Ребёнок');
  await page.getByRole('radio', { name: 'Невский Пётр Андреевич' }).check();
  await goOnTo(page, 'Сведения о ребёнке');
  await page.getByText('15 мая 2020 г.').waitFor();
  expect(await page.getByLabel('Серия').inputValue()).toBe('IV-АК');
  expect(await page.getByLabel('Номер', { exact: true }).inputValue()).toBe('000123');
  await goOnTo(page, 'Адрес ребёнка');

  const line = page.getByRole('textbox', { name: 'Адрес' });
  expect(await line.inputValue()).toContain('Примерный проспект');
  await line.fill('г. Санкт-Петербург, Примерный проспект, д. 5, кв. 13');
  await page.getByLabel('Район', { exact: true }).selectOption('Невский район');
  await page.getByText(/^Черновик сохранён в \d\d:\d\d \(МСК\)$/).waitFor();
  await page.reload();
  expect(await line.inputValue()).toBe('г. Санкт-Петербург, Примерный проспект, д. 5, кв. 13');
  await page.getByLabel('Район, в котором выбираете школу').selectOption('Невский район');
  await page.getByRole('button', { name: 'Сохранить черновик' }).click();
  await page.getByText('Черновик сохранён.').first().waitFor();

  await page.goto(`${portal}/applications/drafts`);
  await page.getByRole('link', { name: /^Продолжить/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Школа', exact: true }).waitFor();
  await page.getByRole('radio', { name: 'Школа № 923 (пример)' }).check();
  await goOnTo(page, 'Документы');
  const certificate = page.getByRole('region', { name: 'Скан-образ свидетельства о рождении' });
  await certificate
    .getByLabel('Файл с устройства')
    .setInputFiles({ name: 'second-page.jpg', mimeType: 'image/jpeg', buffer: jpeg() });
  await certificate.getByRole('button', { name: 'Приложить' }).click();
  await certificate.getByText('second-page.jpg', { exact: true }).waitFor();
  await certificate.getByRole('link', { name: 'Приложить файлы из личного кабинета' }).click();
  await page.getByRole('checkbox', { name: known.cabinetFile }).check();
  await page.getByRole('button', { name: 'Приложить отмеченные файлы' }).click();
  await certificate.getByText(known.cabinetFile, { exact: true }).waitFor();
  await goOnTo(page, 'Согласие');
  await page.getByRole('checkbox', { name: /Согласен на обработку/ }).check();
  await goOnTo(page, 'Проверка и отправка');
  for (const answer of ['Невский Пётр Андреевич', 'Школа № 923 (пример)', 'Комитет по образованию'])
    await page.getByText(answer).first().waitFor();

  await page.getByRole('region', { name: 'Школа' }).getByRole('link', { name: 'Изменить' }).click();
  await page.getByRole('radio', { name: 'Гимназия № 924 (пример)' }).check();
  await goOnTo(page, 'Проверка и отправка');
  await page.getByText('Гимназия № 924 (пример)').waitFor();
  const number = await send(page);
  await page.getByRole('region', { name: 'История статусов' }).getByText('Принято от заявителя').waitFor();
  return number;
}
