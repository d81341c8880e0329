import { eventually } from '../../support/eventually.js';
import { type Product } from '../../support/product.js';
import { type Traveller } from '../../support/traveller.js';

/** Nobody asks for them: they come to the list in the background. */
export async function waitForFines(citizen: Traveller, count: number): Promise<void> {
  await eventually(`${count} fines`, async () => {
    await citizen.open('/fines');
    return (await citizen.page.getByRole('article').count()) === count;
  });
}

/** From the page of the fine to the page of the bank, its sum typed nowhere. Ends when the bank has the card. */
export async function payByCard(citizen: Traveller, { bank }: Product, sum: string, card: string): Promise<void> {
  await citizen.press(`Оплатить ${sum}`);
  expect(new URL(citizen.page.url()).origin).toBe(bank);
  await citizen.type('Номер карты', card);
  await citizen.press(`Оплатить ${sum}`);
}

export async function downloadReceipt(citizen: Traveller): Promise<void> {
  const receipt = await citizen.download(citizen.page.getByRole('link', { name: 'Скачать квитанцию (PDF)' }));
  expect(receipt.subarray(0, 5).toString()).toBe('%PDF-');
  // A page with the font of its Cyrillic letters and the drawn payment code.
  expect(receipt.length).toBeGreaterThan(10_000);
}

/** The bank repeats its message about the last order, as a bank does that got no answer. */
export async function repeatCallback(citizen: Traveller, { bank }: Product): Promise<void> {
  await citizen.elsewhere(bank, async (page) => {
    await page.getByRole('button', { name: 'Уведомить портал ещё раз' }).first().click();
    await page.getByRole('heading', { name: 'Заказы: 2' }).waitFor();
  });
}

export async function readPaymentHistory(citizen: Traveller, sums: readonly string[]): Promise<void> {
  await citizen.open('/fines');
  const settled = citizen.page.getByRole('region', { name: 'История' });
  expect(await settled.getByText('Оплачено', { exact: true }).count()).toBe(sums.length);
  await citizen.open('/payments');
  const payments = citizen.page.getByRole('region', { name: 'История платежей' });
  for (const sum of sums) await payments.getByText(sum).waitFor();
  expect(await payments.getByRole('link', { name: 'Квитанция' }).count()).toBe(sums.length);
}
