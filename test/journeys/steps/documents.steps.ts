import { jpeg } from '../../support/sample-files.js';
import { type Traveller } from '../../support/traveller.js';

async function add(
  citizen: Traveller,
  kind: string,
  requisites: Readonly<Record<string, string>>,
  scan?: string,
): Promise<void> {
  await citizen.open('/documents/add');
  await citizen.page.getByRole('link', { name: kind, exact: true }).click();
  for (const [label, value] of Object.entries(requisites)) await citizen.type(label, value);
  if (scan)
    await citizen.page
      .getByLabel('Сканы документа')
      .setInputFiles({ name: scan, mimeType: 'image/jpeg', buffer: jpeg() });
  await citizen.press('Добавить документ');
  await citizen.sees('Документ добавлен');
}

/** Three kinds of a family, requisites typed as people type them; the birth certificate with the scan `scan`. */
export async function addDocuments(citizen: Traveller, scan: string): Promise<void> {
  const registry = { 'Дата выдачи': '25.05.2020', 'Кем выдан': 'Отдел ЗАГС Невского района' };
  await add(citizen, 'Свидетельство о рождении', { Серия: 'iv ак', Номер: '000123', ...registry }, scan);
  await add(citizen, 'СНИЛС', { СНИЛС: '11223344595' });
  const police = { 'Дата выдачи': '20032008', 'Кем выдан': 'ТП № 1 ОУФМС', 'Код подразделения': '780001' };
  await add(citizen, 'Паспорт гражданина РФ', { Серия: '40 08', Номер: '123456', ...police });
}

/** The number is shown whole on request; the scan comes back as it was. */
export async function readDocuments(citizen: Traveller, scan: string): Promise<void> {
  await citizen.open('/documents');
  await citizen.sees('3 документа', 'СНИЛС', '1 файл');
  await citizen.follow('Паспорт гражданина РФ');
  expect(await citizen.page.getByText('123456', { exact: true }).count()).toBe(0);
  await citizen.follow('Показать номер');
  await citizen.sees('4008', '123456', '20 марта 2008 г.', '780-001');
  await citizen.open('/documents');
  await citizen.follow('Свидетельство о рождении');
  expect(await citizen.download(citizen.page.getByRole('link', { name: scan }))).toEqual(jpeg());
}

/** The decision lies among the electronic documents of the cabinet; a word of its title finds it. */
export async function findElectronicDocument(citizen: Traveller, title: string, file: string): Promise<void> {
  await citizen.open('/documents');
  await citizen.follow('Электронные документы');
  await citizen.type('Что найти', title.split(' ')[0]!);
  await citizen.press('Найти');
  await citizen.sees('Найдено: 1 документ', 'Решение');
  await citizen.page.getByRole('link', { name: file }).waitFor();
  await citizen.follow(title);
  await citizen.sees('Приложить к заявлению');
}
