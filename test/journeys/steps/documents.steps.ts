import { jpeg } from '../../support/sample-files.js';
import { type Traveller } from '../../support/traveller.js';

/**
 * Documents have come from ESIA by themselves; a certificate is typed as people type it, and the son's birth certificate of ESIA gets the
 * scan `scan`.
 */
export async function addDocuments(citizen: Traveller, scan: string): Promise<void> {
  const { page } = citizen;
  await citizen.open('/documents/add');
  await citizen.type('Название документа', 'брак');
  await citizen.sees('1 документ в списке');
  await citizen.follow('Свидетельство о регистрации брака');
  await page.getByLabel('Чей документ').selectOption('Мой');
  const registry = { 'Дата выдачи': '07.07.2018', 'Кем выдан': 'Отдел ЗАГС Невского района' };
  for (const [label, value] of Object.entries({ Серия: 'ii ак', Номер: '№ 000 123', ...registry })) await citizen.type(label, value);
  await citizen.press('Добавить документ');
  await citizen.sees('Документ добавлен');

  await openCertificateOfPeter(citizen);
  await page.getByLabel('Добавить файлы').setInputFiles({ name: scan, mimeType: 'image/jpeg', buffer: jpeg() });
  await citizen.press('Приложить к документу');
  await citizen.sees('Файлы приложены к документу', scan);
}

async function openCertificateOfPeter(citizen: Traveller): Promise<void> {
  await citizen.open('/documents');
  const ofPeter = citizen.page.getByRole('listitem').filter({ hasText: 'Невский Пётр' });
  await ofPeter.getByRole('link', { name: 'Свидетельство о рождении' }).click();
}

/** What came from ESIA says so; the number is shown whole on request; the scan comes back as it was. */
export async function readDocuments(citizen: Traveller, scan: string): Promise<void> {
  await citizen.open('/documents');
  await citizen.sees(/^\d+\sдокумент/, 'СНИЛС', '1 файл', 'Проверен');
  await citizen.follow(/^Паспорт гражданина РФ/);
  expect(await citizen.page.getByText('123456', { exact: true }).count()).toBe(0);
  await citizen.press('Показать номер');
  await citizen.sees('Сведения с Госуслуг', '4008', '123456', '20 марта 2008 г.', '780-001');
  await openCertificateOfPeter(citizen);
  expect(await citizen.download(citizen.page.getByRole('link', { name: scan, exact: true }))).toEqual(jpeg());
}

/** The decision lies among the electronic documents of the cabinet; a word of its title finds it. */
export async function findElectronicDocument(citizen: Traveller, title: string, file: string): Promise<void> {
  await citizen.open('/documents');
  await citizen.follow('Электронные документы');
  await citizen.type('Что найти', title.split(' ')[0]!);
  await citizen.page.getByRole('search', { name: 'Поиск электронных документов' }).getByRole('button').click();
  await citizen.sees(/Найдено: 1\sдокумент/, 'Решение');
  await citizen.page.getByRole('link', { name: file, exact: true }).waitFor();
  await citizen.follow(title);
  await citizen.sees('Приложить к заявлению');
}
