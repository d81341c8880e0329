import { eventually } from '../../support/eventually.js';
import { arrived } from '../../support/inbox.js';
import { type Traveller } from '../../support/traveller.js';

/** SMS at any hour of the day, and about fines too, which by default come by e-mail alone. */
export async function wishEverythingAtOnce(citizen: Traveller): Promise<void> {
  await citizen.open('/settings');
  await citizen.page.getByRole('checkbox', { name: 'Штрафы ГИБДД: SMS' }).check();
  await citizen.type('С', '00:00');
  await citizen.type('До', '00:00');
  await citizen.press('Сохранить настройки');
  await citizen.sees('Настройки сохранены.');
}

const about = (number: string, ...words: readonly string[]) => words.map((word) => `Заявление ${number}: ${word}`);

/** Everything that happened is in the feed, found there by its words. */
export async function readFeed(citizen: Traveller, granted: string, refused: string): Promise<void> {
  const titles = [
    'Вход в личный кабинет',
    'Новый штраф ГИБДД',
    'Штраф оплачен',
    ...about(granted, 'принято от заявителя', 'отправлено в ведомство', 'принято ведомством'),
    ...about(granted, 'нужны дополнительные сведения', 'промежуточные результаты от ведомства', 'исполнено'),
    ...about(refused, 'принято от заявителя', 'отправлено в ведомство', 'отказано'),
  ];
  for (const title of titles)
    await eventually(`${title} in the feed`, async () => {
      await citizen.open(`/notifications?q=${encodeURIComponent(title)}`);
      return (await citizen.page.getByRole('main').getByRole('link', { name: title }).count()) > 0;
    });
}

/** The same by telephone and by post; the hand-over to the authority stays inside the portal, as a step that needs no attention. */
export async function readTelephoneAndPost(
  citizen: Traveller,
  inbox: string,
  { telephone, email }: { readonly telephone: string; readonly email: string },
  granted: string,
  refused: string,
): Promise<void> {
  const everywhere = [
    'Новый штраф ГИБДД',
    ...about(granted, 'принято от заявителя', 'принято ведомством', 'нужны', 'промежуточн', 'исполнено'),
    ...about(refused, 'принято от заявителя', 'отказано'),
  ];
  await arrived(inbox, 'sms', telephone, 'Штраф ГИБДД оплачен: 250', 'Штраф ГИБДД оплачен: 1500', ...everywhere);
  await arrived(inbox, 'email', email, 'Штраф оплачен', ...everywhere);
  await citizen.page.goto(`${inbox}/?channel=sms&to=${telephone}`);
  await citizen.seesHeadings('Входящие');
  await citizen.sees(`Заявление ${granted}: Исполнено`);
  expect(await citizen.page.getByText('Штраф ГИБДД оплачен: 250').count()).toBe(1);
  expect(await citizen.page.getByText('Отправлено в ведомство').count()).toBe(0);
}
