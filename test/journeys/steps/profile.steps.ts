import { type Traveller } from '../../support/traveller.js';

/** Maria's data as the sample world of ESIA has them. */
export async function readProfile(maria: Traveller): Promise<void> {
  await maria.open('/profile');
  await maria.sees(
    'Невская Мария Петровна',
    '5 марта 1988 г.',
    'Женский',
    '+7 921 000-00-06',
    'maria.nevskaya@example.ru',
  );
  await maria.seesHeadings('Невский Пётр Андреевич', 'Невская Анна Андреевна');
  await maria.sees('15 мая 2020 г.', '2 сентября 2022 г.', 'IV-АК № 000123');
}

/** «Редактировать профиль» leads to ESIA; what was changed there shows after the return. */
export async function changeTelephone(maria: Traveller, esia: string, telephone: string, shown: string): Promise<void> {
  await maria.follow('Редактировать профиль');
  expect(new URL(maria.page.url()).origin).toBe(esia);
  await maria.type('Мобильный телефон', telephone);
  await maria.press('Сохранить');
  await maria.sees('Данные сохранены.');
  await maria.follow('Вернуться на портал');
  await maria.page.waitForURL(`${maria.portal}/profile`);
  await maria.sees(shown);
}

/** Changed at ESIA while the page of the portal stays open; shows when asked for. */
export async function changeEmailElsewhere(maria: Traveller, email: string): Promise<void> {
  const esia = await maria.page.getByRole('link', { name: 'Редактировать профиль' }).getAttribute('href');
  await maria.elsewhere(esia!, async (page) => {
    await page.getByLabel('Электронная почта').fill(email);
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Данные сохранены.').waitFor();
  });
  await maria.press('Обновить из Госуслуг');
  await maria.sees('Сведения обновлены из Госуслуг.', email);
}

/** The first page of the cabinet with one fine, one draft and unread notifications. */
export async function readDashboard(maria: Traveller, discountUntil: string, daysLeft: string): Promise<void> {
  await maria.open('/cabinet');
  await maria.seesHeadings('Здравствуйте, Мария Петровна', '1 неоплаченный штраф', '1 черновик', /непрочитанн/);
  await maria.sees('Подтверждённая', `Скидка до ${discountUntil}, осталось ${daysLeft}`, '375,00 ₽', '750,00 ₽');
  const quickLinks = maria.page.getByRole('region', { name: 'Быстрые ссылки' });
  for (const name of ['Выбрать услугу', 'Мои заявления', 'Штрафы ГИБДД', 'Документы', 'Добавить автомобиль'])
    await quickLinks.getByRole('link', { name }).waitFor();
}
