import { randomUUID } from 'node:crypto';
import { type CabinetApp, cabinetApp } from '../../../../../test/support/cabinet-app.js';
import { SCHOOL_PAGES } from '../../../../../test/support/filling-drafts.js';
import { type PortalVisitor, type Visit } from '../../../../../test/support/portal-visitor.js';
import { jpeg, pdf, SAMPLE_FILES } from '../../../../../test/support/sample-files.js';
import { AddPersonalDocument } from '../../../documents/application/add-personal-document.js';
import { ChangePersonalDocument } from '../../../documents/application/change-personal-document.js';
import { MirrorEsiaDocuments } from '../../../documents/application/mirror-esia-documents.js';
import { RemovePersonalDocument } from '../../../documents/application/remove-personal-document.js';
import { SweepFiles } from '../../../documents/application/sweep-files.js';
import { SaveElectronicDocument } from '../../../documents/public.js';

const NOW = '2026-11-22T09:00:00Z';
const CERTIFICATE = { series: 'IV-АК', number: '000777', issueDate: '2020-02-20', issuedBy: 'Отдел ЗАГС Невского района' };

/** Nested answers as names and values of a posted form. */
const posted = (value: unknown, name = 'answers'): Record<string, string> =>
  typeof value === 'string'
    ? { [name]: value }
    : Object.fromEntries(Object.entries(value as object).flatMap(([part, inner]) => Object.entries(posted(inner, `${name}[${part}]`))));
const hidden = ({ html }: Visit, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

describe('A document of the cabinet in an application', () => {
  let app: CabinetApp;
  let maria: string;
  let browser: PortalVisitor;

  beforeAll(async () => {
    app = await cabinetApp();
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    app.clock.set(NOW);
    app.esia.documents = null;
    maria = randomUUID();
    browser = app.asCitizen(maria);
  });

  const add = (kind: string, requisites: Record<string, string>, fileIds: string[] = [], child: string | null = null) =>
    app.execute(new AddPersonalDocument(maria, kind, requisites, fileIds, child));
  const begin = async (service: string): Promise<string> => {
    await browser.open(`/services/${service}`);
    return (await browser.send(`/services/${service}/draft`)).location!;
  };
  const save = async (draft: string, step: string, answers: object, more: Record<string, string> = {}): Promise<Visit> => {
    const shown = await browser.open(`${draft}/steps/${step}`);
    return browser.send(`${draft}/steps/${step}`, { version: hidden(shown, 'version'), seenAt: hidden(shown, 'seenAt'), intent: 'continue', ...posted(answers), ...more });
  };
  const offersOn = ({ html }: Visit): string[] => [...html.matchAll(/name="take" value="([^"]+)"/g)].map(([, value]) => value!.replaceAll('&#x2F;', '/'));

  it('gives its requisites to a question, keeps what was typed beside it, and is named', async () => {
    const certificate = await add('RF_BIRTH_CERTIFICATE', CERTIFICATE, [], 'child-peter');
    await add('RF_BIRTH_CERTIFICATE', { ...CERTIFICATE, number: '000888' }, [], 'child-anna');
    const draft = await begin('SCHOOL_FIRST_GRADE');
    await save(draft, 'CHILD', { child: 'child-peter' });
    const asked = await browser.open(`${draft}/steps/CHILD_DETAILS`);
    expect(asked.text).toMatch(/Подставить из личного кабинета .*Свидетельство о рождении •••• 777, Невский Пётр, 15\.01\.2020/);
    expect(offersOn(asked)).toEqual([`birthCertificate/${certificate}`]);

    const typed = { birthCertificate: { kind: '', series: '', number: 'мимо', issueDate: '', issuedBy: '' }, childSnils: '112-233-445 95' };
    const taken = await save(draft, 'CHILD_DETAILS', typed, { take: `birthCertificate/${certificate}` });
    expect(taken).toMatchObject({ status: 303, location: `${draft}/steps/CHILD_DETAILS#requisites-birthCertificate` });
    const filled = await browser.open(`${draft}/steps/CHILD_DETAILS`);
    expect(filled.text).toContain('Сведения из документа подставлены');
    expect(filled.text).toContain('Взято из личного кабинета: Свидетельство о рождении •••• 777, Невский Пётр');
    for (const value of ['000777', 'IV-АК', '20.02.2020', 'Отдел ЗАГС Невского района', '112-233-445 95']) expect(filled.html).toContain(`value="${value}"`);
    expect(offersOn(filled)).toEqual([]);
    const again = { birthCertificate: { kind: 'RF_BIRTH_CERTIFICATE', ...CERTIFICATE, issueDate: '20.02.2020' }, childSnils: '' };
    expect((await save(draft, 'CHILD_DETAILS', again)).status).toBe(303);
    expect((await browser.open(`${draft}/steps/CHILD_DETAILS`)).text).toContain('Взято из личного кабинета');
  });

  it.each([
    ['of somebody else', () => app.execute(new AddPersonalDocument(randomUUID(), 'SNILS', { snils: '90000000182' }))],
    ['of another kind', () => add('INN', { inn: '781000001239' })],
    ['that was removed', async () => {
      const id = await add('SNILS', { snils: '90000000182' });
      await app.execute(new RemovePersonalDocument(maria, id));
      return id;
    }],
  ])('gives nothing when it is one %s', async (_, documentOf) => {
    const documentId = await documentOf();
    const draft = await begin('BENEFIT_TRANSPORT_CARD');
    const refused = await save(draft, 'CATEGORY', { category: 'PENSIONER', snils: '' }, { take: `snils/${documentId}` });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Документ больше не подходит');
  });

  it('gives way to what ESIA says', async () => {
    await add('SNILS', { snils: '90000000182' });
    app.esia.documents = [snilsAtEsia('11223344595')];
    await app.execute(new MirrorEsiaDocuments(maria));
    const draft = await begin('BENEFIT_TRANSPORT_CARD');
    const asked = await browser.open(`${draft}/steps/CATEGORY`);
    expect(asked.html).toContain('value="112-233-445 95"');
    expect(asked.text).toContain('Взято из личного кабинета: СНИЛС');
    expect(asked.html).not.toContain('900-000-001 82');
    expect(offersOn(asked)).toEqual([]);
  });

  it('offers its files by document, and says why another has none to offer', async () => {
    const [scan, photo, old] = [await app.store(maria, 'Скан.pdf'), await app.store(maria, 'Фото.jpg', jpeg()), await app.store(maria, 'Загран.jpg', jpeg())];
    await add('RF_BIRTH_CERTIFICATE', CERTIFICATE, [scan.fileId, photo.fileId], 'child-peter');
    const abroad = { series: '99', number: '0000012', issueDate: '2022-03-01', expiryDate: '2026-11-22', issuedBy: 'МВД' };
    await add('RF_FOREIGN_PASSPORT', abroad, [old.fileId]);
    const snils = await app.store(maria, 'СНИЛС.pdf');
    await add('SNILS', { snils: '11223344595' }, [snils.fileId]);
    app.clock.set('2026-11-22T21:00:00Z');
    const draft = await begin('BENEFIT_TRANSPORT_CARD');
    const { text, html } = await browser.open(`${draft}/files/photo/cabinet`);
    expect(text).toContain('1 файл подходит');
    expect(text).toMatch(/Свидетельство о рождении, •••• 777 Невский Пётр, 15\.01\.2020 Фото\.jpg/);
    expect(html).not.toContain(`value="${scan.fileId}"`);
    expect(text).toMatch(/Заграничный паспорт гражданина РФ, •••• 012 Срок действия закончился\. Добавьте новый документ/);
    expect(text).toMatch(/СНИЛС, •••• 5 ?95 Скан другого формата/);
    expect((await browser.send(`${draft}/files/photo/cabinet`, { files: old.fileId })).status).toBe(422);
    expect((await browser.send(`${draft}/files/photo/cabinet`, { files: photo.fileId })).status).toBe(303);
    expect((await browser.open(`${draft}/steps/FILES`)).text).toContain('Фото.jpg');
  });

  it('has nothing to offer while it says something else than ESIA', async () => {
    const photo = await app.store(maria, 'СНИЛС.jpg', jpeg());
    await add('SNILS', { snils: '90000000182' }, [photo.fileId]);
    app.esia.documents = [snilsAtEsia('11223344595')];
    await app.execute(new MirrorEsiaDocuments(maria));
    const draft = await begin('BENEFIT_TRANSPORT_CARD');
    const { text } = await browser.open(`${draft}/files/photo/cabinet`);
    expect(text).toContain('Подходящих файлов в кабинете нет');
    expect(text).toContain('Сведения не совпадают с Госуслугами');
    expect((await browser.send(`${draft}/files/photo/cabinet`, { files: photo.fileId })).status).toBe(422);
  });

  it('is not sent while the scanner has not let its file through', async () => {
    const photo = await app.store(maria, 'СНИЛС.jpg', jpeg());
    await add('SNILS', { snils: '11223344595' }, [photo.fileId]);
    await app.sql.query(`update documents.stored_file set scan = 'PENDING' where id = $1`, [photo.fileId]);
    const draft = await begin('BENEFIT_TRANSPORT_CARD');
    expect((await browser.open(`${draft}/steps/FILES`)).text).toContain('jpg, jpeg. Один файл не больше 3 МБ');
    expect((await browser.open(`${draft}/files/photo/cabinet`)).text).toContain('Скан проверяется на вирусы');
    expect((await browser.send(`${draft}/files/photo/cabinet`, { files: photo.fileId })).status).toBe(422);
    const form = new FormData();
    form.append('fileIds', photo.fileId);
    const refused = await browser.sendForm(`${draft}/files/photo`, form);
    expect(refused.status).toBe(409);
    expect(refused.html).toContain(`name="fileIds" value="${photo.fileId}"`);
    expect((await browser.open(`${draft}/steps/FILES`)).text).not.toContain('СНИЛС.jpg');
  });

  it('is sent as it is on that day: nothing that becomes of it later changes what was sent', async () => {
    const content = pdf({ extra: '/Lang (ru)' });
    const scan = await app.store(maria, 'Свидетельство.pdf', content);
    const certificate = await add('RF_BIRTH_CERTIFICATE', CERTIFICATE, [scan.fileId], 'child-peter');
    const draft = await begin('SCHOOL_FIRST_GRADE');
    const { CHILD_DETAILS: _, ...pages } = SCHOOL_PAGES;
    for (const [step, answers] of Object.entries(pages)) expect((await save(draft, step, answers)).status).toBe(303);
    const none = { birthCertificate: { kind: '', series: '', number: '', issueDate: '', issuedBy: '' }, childSnils: '' };
    await save(draft, 'CHILD_DETAILS', none, { take: `birthCertificate/${certificate}` });
    await browser.send(`${draft}/files/birthCertificateScan/cabinet`, { files: scan.fileId });
    const check = await browser.open(`${draft}/check`);
    const { location } = await browser.send(`${draft}/submit`, { version: hidden(check, 'version'), idempotencyKey: hidden(check, 'idempotencyKey') });
    await app.settle();
    const stored = () => app.sql.one('select answers, files from applications.service_application where applicant_id = $1', [maria]);
    const [before, record] = [await browser.open(location!), await stored()];
    expect(before.text).toContain('Свидетельство о рождении, IV-АК 000777, 20 февраля 2020 г., Отдел ЗАГС Невского района');

    await app.execute(new ChangePersonalDocument(maria, certificate, 1, { ...CERTIFICATE, number: '000999' }, 'child-peter'));
    app.esia.documents = [certificateAtEsia('000555')];
    await app.execute(new MirrorEsiaDocuments(maria));
    await browser.send(`/documents/${certificate}/files/${scan.fileId}/remove`);
    await app.execute(new RemovePersonalDocument(maria, certificate));
    app.clock.advance(50 * 3_600_000);
    await app.execute(new SweepFiles());

    const after = await browser.open(location!);
    expect(after.text).toContain('IV-АК 000777, 20 февраля 2020 г.');
    for (const other of ['000999', '000555']) expect(after.text).not.toContain(other);
    expect(await stored()).toEqual(record);
    const file = await browser.open(`${location}/files/${scan.fileId}`);
    expect([file.status, file.html]).toEqual([200, content.toString()]);
  });

  describe('«Приложить к заявлению»', () => {
    const attachTo = (fileId: string) => browser.open(`/applications/attach?file=${fileId}`);
    const withPassport = async (name = 'Паспорт.pdf') => {
      const scan = await app.store(maria, name);
      const passport = { series: '4008', number: '123456', issueDate: '2008-03-20', issuedBy: 'ГУ МВД России', departmentCode: '780-099' };
      await add('RF_PASSPORT', passport, [scan.fileId]);
      return scan;
    };

    it('leads from a scan to a field of a draft that takes it', async () => {
      const { fileId } = await withPassport();
      expect((await attachTo(fileId)).text).toContain('У вас пока нет черновиков');
      const [complaint, card] = [await begin('PRE_TRIAL_COMPLAINT'), await begin('BENEFIT_TRANSPORT_CARD')];
      const { text, html } = await attachTo(fileId);
      expect(text).toContain('2 места в ваших черновиках');
      expect(text).toMatch(/Досудебное обжалование Документы к жалобе/);
      expect(text).toMatch(/Льготная транспортная карта Документ о праве на льготу/);
      expect(text).not.toContain('Фотография');
      expect(html).toContain(`name="draft" value="${complaint.split('/')[2]}"`);
      const sent = await browser.send('/applications/attach', { file: fileId, draft: card.split('/')[2]!, field: 'proof' });
      expect(sent.location).toBe(`${card}/steps/FILES`);
      expect((await browser.open(sent.location!)).text).toContain('Паспорт.pdf');
      expect((await attachTo(fileId)).text).toContain('1 место');
    });

    it('takes an electronic document as if the citizen had uploaded it', async () => {
      const { fileId } = await app.store(randomUUID(), 'Решение.pdf');
      const decision = { sourceId: randomUUID(), applicationId: randomUUID(), kind: 'DECISION', title: 'Решение', issuer: 'Комитет', number: '78-1', issuedAt: NOW, fileId, signatureFileId: null } as const;
      await app.execute(new SaveElectronicDocument(maria, decision));
      const draft = await begin('PRE_TRIAL_COMPLAINT');
      await browser.send('/applications/attach', { file: fileId, draft: draft.split('/')[2]!, field: 'evidence' });
      const files = await browser.open(`${draft}/steps/FILES`);
      expect(files.text).toContain('Решение.pdf');
      expect(files.text).not.toContain('Файл удалён из личного кабинета');
      expect((await browser.open(`${draft}/check`)).text).not.toContain('один из файлов удалён');
    });

    it('brings the signature of an electronic document along', async () => {
      const clerk = randomUUID();
      const [paper, sig] = [await app.store(clerk, 'Решение.pdf'), await app.store(clerk, 'Решение.pdf.sig', await SAMPLE_FILES.sig())];
      const decision = { sourceId: randomUUID(), applicationId: randomUUID(), kind: 'DECISION', title: 'Решение', issuer: 'Комитет', number: '78-1', issuedAt: NOW, fileId: paper.fileId, signatureFileId: sig.fileId } as const;
      await app.execute(new SaveElectronicDocument(maria, decision));
      const draft = await begin('PRE_TRIAL_COMPLAINT');
      expect((await attachTo(paper.fileId)).text).toContain('Вместе с электронной подписью Решение.pdf.sig');
      await browser.send('/applications/attach', { file: paper.fileId, draft: draft.split('/')[2]!, field: 'evidence' });
      expect((await browser.open(`${draft}/steps/FILES`)).html).toMatch(/Решение\.pdf<[^]*Решение\.pdf\.sig</);

      const other = await begin('PRE_TRIAL_COMPLAINT');
      const offered = await browser.open(`${other}/files/evidence/cabinet`);
      expect(offered.html.match(/name="files" value="[^"]+"/g)).toEqual([paper, sig].map(({ fileId }) => `name="files" value="${fileId}"`));
    });

    it('says why a file cannot be attached now', async () => {
      const loose = await app.store(maria, 'Ничей.pdf');
      expect((await attachTo(loose.fileId)).text).toContain('Этот файл сейчас приложить нельзя');
      const { fileId } = await withPassport('Паспорт.pdf');
      await begin('MFC_APPOINTMENT');
      expect((await attachTo(fileId)).text).toContain('В ваших черновиках нет места для этого файла');
    });

    it('finds nothing of somebody else: neither the file nor the draft', async () => {
      const { fileId } = await withPassport();
      const draft = await begin('PRE_TRIAL_COMPLAINT');
      const mine = { file: fileId, draft: draft.split('/')[2]!, field: 'evidence' };
      maria = randomUUID();
      browser = app.asCitizen(maria);
      await browser.open('/services');
      expect((await attachTo(fileId)).status).toBe(404);
      expect((await browser.open('/applications/attach')).status).toBe(404);
      expect((await browser.send('/applications/attach', mine)).status).toBe(404);
      const own = await withPassport();
      expect((await browser.send('/applications/attach', { ...mine, file: own.fileId })).status).toBe(404);
      expect((await browser.send('/applications/attach', { file: own.fileId })).status).toBe(404);
    });
  });
});

const atEsia = {
  childId: null,
  verified: true,
  series: null,
  number: null,
  issueDate: null,
  issuedBy: null,
  departmentCode: null,
  expiryDate: null,
  birthPlace: null,
  lastNameLat: null,
  firstNameLat: null,
  actNumber: null,
  actDate: null,
};
const snilsAtEsia = (number: string) => ({ ...atEsia, esiaId: 'snils', type: 'SNILS', number });
const certificateAtEsia = (number: string) => ({ ...atEsia, ...CERTIFICATE, esiaId: 'b1', type: 'RF_BRTH_CERT', childId: 'child-peter', number });
