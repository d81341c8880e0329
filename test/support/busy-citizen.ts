import { type Page } from 'playwright-core';
import { addSampleCar, MARIA, signIn } from './citizen.js';
import { fillComplaint, sendComplaint } from './complaint.js';
import { eventually } from './eventually.js';
import { look, send, sendFile } from './hand.js';
import { signInAtOffice } from './office.js';
import { type Product } from './product.js';
import { jpeg, pdf } from './sample-files.js';

export const TRANSPORT_CLERK = { login: 'clerk@transport.example.ru', password: 'Sample-Office-2026' };

/** Ids of one thing of every kind that a citizen can have. */
export interface Belongings {
  readonly vehicle: string;
  readonly removedVehicle: string;
  readonly unpaidFine: string;
  readonly paidFine: string;
  readonly payment: string;
  readonly document: string;
  readonly documentFile: string;
  readonly draft: string;
  readonly draftFile: string;
  /** Waits for an answer of the citizen. */
  readonly application: string;
  readonly applicationFile: string;
  /** Executed, with the decision's file. */
  readonly decided: string;
  readonly decisionFile: string;
  /** The decision, saved among the electronic documents. */
  readonly electronicDocument: string;
  readonly notification: string;
}

const SUCCESSFUL_CARD = 'Оплатить картой 2200 0000 0000 0004';

const idsIn = (html: string, pattern: RegExp): string[] => [...new Set([...html.matchAll(pattern)].map(([, id]) => id!))];

const idIn = (html: string, pattern: RegExp): string => {
  const [id] = idsIn(html, pattern);
  if (!id) throw new Error(`No ${pattern.source} on the page`);
  return id;
};

/** Мария uses everything the cabinet has, and a clerk works on two of her applications. Both are left signed in at their pages. */
export async function useEverything(citizen: Page, clerk: Page, product: Product): Promise<Belongings> {
  const { portal } = product;
  await signIn(citizen, portal, MARIA);
  const vehicles = await addVehicles(citizen, portal);
  const fines = await payOneFine(citizen, portal);
  const documents = await addCertificate(citizen);
  const draft = await fillComplaint(citizen);
  const draftFile = await attach(citizen, draft);
  const application = await fillComplaint(citizen);
  const applicationFile = await attach(citizen, application);
  const sent = await sendComplaint(citizen, portal, application);
  const decided = await sendComplaint(citizen, portal, await fillComplaint(citizen));

  await signInAtOffice(clerk, product, TRANSPORT_CLERK);
  await ask(clerk, sent);
  await decide(clerk, decided);
  const decisionFile = idIn((await look(citizen, `/applications/${decided}`)).html, /\/files\/([\w-]{36})"/g);
  await send(citizen, `/applications/${decided}/files/${decisionFile}/keep`);
  const electronicDocument = idIn((await look(citizen, '/documents/electronic')).html, /\/documents\/electronic\/([\w-]{36})"/g);
  const notification = await eventually('the decision is announced', async () => {
    const { html } = await look(citizen, '/notifications');
    return html.includes(': исполнено') ? idIn(html, /\/notifications\/([\w-]{36})"/g) : null;
  });
  return { ...vehicles, ...fines, ...documents, draft, draftFile, application: sent, applicationFile, decided, decisionFile, electronicDocument, notification };
}

async function addVehicles(page: Page, portal: string): Promise<Pick<Belongings, 'vehicle' | 'removedVehicle'>> {
  const own = /\/profile\/vehicles\/([\w-]{36})/g;
  await page.goto(`${portal}/profile`);
  await send(page, '/profile/vehicles', { make: 'УАЗ', plateType: '1', grz: 'В001ОР78', sts: '7800000001' });
  const removedVehicle = idIn((await look(page, '/profile')).html, own);
  await send(page, `/profile/vehicles/${removedVehicle}/remove`);
  await addSampleCar(page, portal);
  return { removedVehicle, vehicle: idIn((await look(page, '/profile')).html, own) };
}

async function payOneFine(page: Page, portal: string): Promise<Pick<Belongings, 'unpaidFine' | 'paidFine' | 'payment'>> {
  await eventually('the fines of the car arrive and can be paid', async () => {
    await page.goto(`${portal}/fines`);
    return (await page.getByRole('button', { name: /^Оплатить/ }).count()) === 3;
  });
  const [paidFine, unpaidFine] = idsIn(await page.content(), /href="\/fines\/([\w-]{36})"/g) as [string, string];
  await page.goto(`${portal}/fines/${paidFine}`);
  await page.getByRole('button', { name: /^Оплатить/ }).click();
  await page.getByRole('button', { name: SUCCESSFUL_CARD }).click();
  await page.waitForURL(new RegExp(`^${portal}/payments/`));
  await page.getByText('Банк подтвердил оплату').waitFor();
  return { paidFine, unpaidFine, payment: new URL(page.url()).pathname.split('/').at(-1)! };
}

async function addCertificate(page: Page): Promise<Pick<Belongings, 'document' | 'documentFile'>> {
  const certificate = { series: 'II-АК', number: '000123', issueDate: '07.07.2018', issuedBy: 'Отдел ЗАГС Невского района' };
  const fields = Object.fromEntries(Object.entries(certificate).map(([name, value]) => [`requisites[${name}]`, value]));
  const added = await sendFile(page, '/documents/add/MARRIAGE_CERTIFICATE', { fields, file: { field: 'files', name: 'Свидетельство.jpg', content: jpeg() } });
  const document = /^\/documents\/([\w-]{36})$/.exec(added.path)?.[1];
  if (!document) throw new Error(`The certificate was not added: ${added.status} ${added.html}`);
  return { document, documentFile: idIn(added.html, /\/files\/([\w-]{36})/g) };
}

async function attach(page: Page, draft: string): Promise<string> {
  const { html, status } = await sendFile(page, `/drafts/${draft}/files/evidence`, { fields: {}, file: { field: 'evidence', name: 'Отказ.pdf', content: pdf() } });
  if (status !== 200) throw new Error(`The file was not attached: ${status}`);
  return idIn(html, /\/files\/evidence\/([\w-]{36})\/remove/g);
}

const seenIn = (html: string): string => /name="seen" value="(\d+)"/.exec(html)?.[1] ?? '';

async function take(clerk: Page, id: string): Promise<string> {
  const seen = await eventually('the application reaches its authority', async () => {
    const shown = await look(clerk, `/office/applications/${id}`);
    return shown.status === 200 && shown.html.includes(`${id}/accept`) ? seenIn(shown.html) : null;
  });
  return seenIn((await send(clerk, `/office/applications/${id}/accept`, { seen })).html);
}

async function ask(clerk: Page, id: string): Promise<void> {
  const ahead = Temporal.Now.plainDateISO('Europe/Moscow').add({ days: 14 });
  const respondBy = `${String(ahead.day).padStart(2, '0')}.${String(ahead.month).padStart(2, '0')}.${ahead.year}`;
  const { status } = await send(clerk, `/office/applications/${id}/request-info`, { seen: await take(clerk, id), question: 'Пришлите копию отказа.', respondBy });
  if (status !== 200) throw new Error(`The question was not taken: ${status}`);
}

async function decide(clerk: Page, id: string): Promise<void> {
  const fields = { seen: await take(clerk, id), outcome: 'EXECUTED', reason: 'Жалоба удовлетворена.', legalGround: '' };
  const { status } = await sendFile(clerk, `/office/applications/${id}/decision`, { fields, file: { field: 'file', name: 'Решение.pdf', content: pdf() } });
  if (status !== 200) throw new Error(`The decision was not taken: ${status}`);
}
