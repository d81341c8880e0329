import { decide, openCase, unfold } from '../../support/office.js';
import { pdf } from '../../support/sample-files.js';
import { type Traveller } from '../../support/traveller.js';

const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: pdf() });

const QUESTION = 'Пришлите прививочный сертификат ребёнка.';
const ANSWER = 'Сертификат во вложении.';
const REFUSAL = {
  outcome: 'Отказано',
  reason: 'Срок не нарушен: он ещё идёт.',
  legalGround: 'Статья 11.2 Федерального закона № 210-ФЗ',
} as const;

/** The clerk takes the case of the school into work and asks for one more paper. `respondBy`: `12.03.2026`. */
export async function acceptAndAsk(clerk: Traveller, number: string, respondBy: string): Promise<void> {
  await openCase(clerk.page, clerk.portal, number);
  await clerk.sees('Невский Пётр Андреевич', 'Гимназия № 924 (пример)');
  for (const file of ['birth.jpg', 'second-page.jpg']) await clerk.page.getByRole('link', { name: file, exact: true }).waitFor();
  await clerk.press('Принять в работу');
  await clerk.sees('Сделано. Заявитель получит уведомление.');
  const form = await unfold(clerk.page, 'Запросить сведения');
  await form.getByLabel('Чего не хватает').fill(QUESTION);
  await form.getByLabel('Последний день ответа').fill(respondBy);
  await form.getByRole('button', { name: 'Запросить сведения' }).click();
  await clerk.sees('Ожидание дополнительной информации от пользователя');
}

/** From the first page of the cabinet, which says by when. */
export async function answer(citizen: Traveller, respondBy: string): Promise<void> {
  await citizen.open('/cabinet');
  await citizen.sees(`Ответьте до ${respondBy}`);
  const waiting = citizen.page.getByRole('region', { name: 'Заявления ждут вашего ответа' });
  await waiting.getByRole('link', { name: 'Запись в первый класс' }).click();
  await citizen.sees('Принято ведомством', `Ответьте до ${respondBy}`, QUESTION);
  await citizen.type('Ваш ответ', ANSWER);
  await citizen.page.getByLabel('Новые файлы').setInputFiles(paper('vaccinations.pdf'));
  await citizen.press('Отправить ответ');
  await citizen.sees('Ответ отправлен');
}

export async function grant(clerk: Traveller): Promise<void> {
  await clerk.page.reload();
  await clerk.sees(ANSWER);
  await clerk.page.getByRole('link', { name: 'vaccinations.pdf', exact: true }).first().waitFor();
  await decide(clerk.page, {
    outcome: 'Исполнено',
    reason: 'Ребёнок зачислен в первый класс.',
    file: paper('order.pdf'),
  });
}

export async function refuse(clerk: Traveller, number: string): Promise<void> {
  await openCase(clerk.page, clerk.portal, number);
  await decide(clerk.page, { ...REFUSAL, file: paper('refusal.pdf') });
}

/** The whole way of the application in its history, the decision as a file, and «Сохранить». */
export async function takeDecision(citizen: Traveller, number: string): Promise<void> {
  await citizen.open('/applications');
  await citizen.follow(number);
  const history = citizen.page.getByRole('region', { name: 'История статусов' });
  expect(await history.locator('.timeline-heading').allInnerTexts()).toEqual([
    'Исполнено',
    'Промежуточные результаты от ведомства',
    'Ожидание дополнительной информации от пользователя',
    'Принято ведомством',
    'Отправлено в ведомство',
    'Принято от заявителя',
  ]);
  const decision = citizen.page.getByRole('region', { name: 'Решение ведомства' });
  await decision.getByText('Ребёнок зачислен в первый класс.').waitFor();
  expect(await citizen.download(decision.getByRole('link', { name: 'order.pdf', exact: true }))).toEqual(pdf());
  await decision.getByRole('button', { name: 'Сохранить' }).click();
  await citizen.sees('Документ сохранён');
}

export async function readRefusal(citizen: Traveller, number: string): Promise<void> {
  await citizen.open('/applications');
  await citizen.follow(number);
  await citizen.sees('Отказано', REFUSAL.reason, `Основание отказа: ${REFUSAL.legalGround}`);
}
