import { randomUUID } from 'node:crypto';
import {
  ANNA,
  AT_ESIA,
  documentsApp,
  esiaDocument,
  KEPT_BACK,
  PASSPORT,
} from '../../../../test/support/documents-app.js';
import { pdf, streamOf } from '../../../../test/support/sample-files.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { Reactions } from '../../../platform/outbox/reactions.js';
import { type EsiaDocument, ProfileRefreshed } from '../../profile/public.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { AttachFiles } from '../application/attach-files.js';
import { PersonalDocumentQuery, PersonalDocumentsQuery } from '../application/cabinet-documents.query.js';
import { ChangePersonalDocument } from '../application/change-personal-document.js';
import { MirrorEsiaDocuments } from '../application/mirror-esia-documents.js';
import { RemovePersonalDocument, RestorePersonalDocument } from '../application/remove-personal-document.js';
import { SweepFiles } from '../application/sweep-files.js';
import { EsiaDocumentReadOnly, SuppliedByEsia } from '../domain/personal-document.errors.js';
import { AttachableFilesQuery, DocumentRequisitesQuery, StoreFile } from '../public.js';

const NOW = '2026-11-22T09:00:00Z';
const HOUR = 3_600_000;

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

let owner: string;
beforeEach(() => {
  owner = randomUUID();
  app.clock.set(NOW);
  AT_ESIA.splice(0);
  KEPT_BACK.splice(0);
});

const PASSPORT_AT_ESIA = { ...PASSPORT, departmentCode: '780099' };
const passportAtEsia = (changes: Partial<EsiaDocument> = {}) =>
  esiaDocument('RF_PASSPORT', { ...PASSPORT_AT_ESIA, ...changes });
const foreignAtEsia = (number: string, expiryDate: string, esiaId = 'F1') =>
  esiaDocument('FRGN_PASS', {
    esiaId,
    series: '75',
    number,
    issueDate: '2022-03-01',
    expiryDate,
    issuedBy: 'МВД 78001',
  });
const foreignTyped = (number: string) => ({
  ...{ series: '75', number, issueDate: '2022-03-01', expiryDate: '2032-03-01', issuedBy: 'МВД 78001' },
});

/** ESIA has these now, and the cabinet was told. */
const mirror = async (...documents: EsiaDocument[]) => {
  AT_ESIA.splice(0, AT_ESIA.length, ...documents);
  await app.execute(new MirrorEsiaDocuments(owner));
};
const type = (
  kind: string,
  requisites: Readonly<Record<string, string>>,
  fileIds: string[] = [],
  childId: string | null = null,
) => app.execute(new AddPersonalDocument(owner, kind, requisites, fileIds, childId));
const list = () => app.ask(new PersonalDocumentsQuery(owner));
const view = async (id: string) => (await app.ask(new PersonalDocumentQuery(owner, id)))!;
const only = async () => {
  const entries = await list();
  expect(entries).toHaveLength(1);
  return entries[0]!;
};
const store = async () => (await app.execute(new StoreFile(owner, 'скан.pdf', streamOf(pdf())))).fileId;

describe('documents of ESIA', () => {
  it('appear by themselves, those of children too, with what ESIA has checked', async () => {
    await mirror(
      passportAtEsia(),
      foreignAtEsia('0000001', '2032-03-01'),
      esiaDocument('SNILS', { number: '11223344595' }),
      esiaDocument('INN', { number: '781000001239', verified: false }),
      esiaDocument('MDCL_PLCY', { number: '7800000000000015' }),
      esiaDocument('RF_DRIVING_LICENSE', {
        series: '9900',
        number: '000001',
        issueDate: '2021-05-20',
        expiryDate: '2031-05-20',
      }),
      esiaDocument('RF_BRTH_CERT', { esiaId: 'anna/1', childId: ANNA.id, series: 'IV-АК', number: '000123' }),
      esiaDocument('VEHICLE_INFO', { number: '1' }),
    );
    const shown = (await list()).map(
      ({ kindCode, maskedNumber, verification, origin, child }) =>
        `${origin} ${kindCode} ${maskedNumber} ${verification} ${child?.name ?? ''}`,
    );
    expect(shown.sort()).toEqual([
      'ESIA DRIVING_LICENCE •••• 001 VERIFIED ',
      'ESIA INN •••• 239 NOT_VERIFIED ',
      'ESIA OMS_POLICY •••• 015 VERIFIED ',
      'ESIA RF_BIRTH_CERTIFICATE •••• 123 VERIFIED Невская Анна',
      'ESIA RF_FOREIGN_PASSPORT •••• 001 VERIFIED ',
      'ESIA RF_PASSPORT •••• 456 VERIFIED ',
      'ESIA SNILS •••• 595 VERIFIED ',
    ]);
  });

  it('say when ESIA was read, and end by the rules of their kind', async () => {
    await mirror(passportAtEsia());
    const { documentId } = await only();
    expect(await view(documentId)).toMatchObject({
      requisites: { ...PASSPORT, departmentCode: '780-099' },
      expiresOn: '2033-06-03',
      confirmedAt: new Date('2026-11-22T08:00:00Z'),
      history: [],
    });
  });

  it('come once for one reading, however often it is told', async () => {
    AT_ESIA.push(passportAtEsia());
    const event = {
      id: randomUUID(),
      type: ProfileRefreshed.type,
      occurredAt: NOW,
      payload: { ...new ProfileRefreshed(owner, NOW) },
    };
    await app.get(Reactions).run('MirrorOnProfileRefreshed.profile.refreshed.v1', event);
    await app.get(Reactions).run('MirrorOnProfileRefreshed.profile.refreshed.v1', event);
    await mirror(passportAtEsia(), passportAtEsia({ esiaId: 'named-twice' }));
    await only();
  });

  it('change in place, keeping what they said and the scans laid beside them', async () => {
    await mirror(passportAtEsia());
    const { documentId } = await only();
    const fileId = await store();
    await app.execute(new AttachFiles(owner, documentId, [fileId]));
    await mirror(passportAtEsia({ issuedBy: 'МВД 780-099' }));
    await mirror(passportAtEsia({ esiaId: 'renewed', number: '654321', issueDate: '2026-11-20' }));
    expect(await view(documentId)).toMatchObject({
      requisites: { number: '654321' },
      files: [{ fileId }],
      history: [
        { requisites: { number: '123456', issuedBy: 'МВД 780-099' }, by: 'ESIA' },
        { requisites: { issuedBy: PASSPORT.issuedBy }, by: 'ESIA' },
      ],
    });
    await only();
  });

  it('disappear when ESIA has them no more, and come back with their scans, also after weeks', async () => {
    await mirror(passportAtEsia());
    const { documentId } = await only();
    const fileId = await store();
    await app.execute(new AttachFiles(owner, documentId, [fileId]));
    await mirror();
    expect(await list()).toEqual([]);
    app.clock.advance(30 * 24 * HOUR);
    await app.execute(new SweepFiles());
    await mirror(passportAtEsia());
    expect((await only()).documentId).toBe(documentId);
    expect((await view(documentId)).files.map((file) => file.fileId)).toEqual([fileId]);
  });

  it('without scans are forgotten a day after ESIA has them no more', async () => {
    await mirror(passportAtEsia());
    const { documentId } = await only();
    await mirror();
    app.clock.advance(25 * HOUR);
    await app.execute(new SweepFiles());
    await mirror(passportAtEsia());
    expect((await only()).documentId).not.toBe(documentId);
  });

  it('stay as they were where ESIA does not give them', async () => {
    const ofAnna = esiaDocument('SNILS', { esiaId: 'anna/SNILS', childId: ANNA.id, number: '90000000182' });
    await mirror(passportAtEsia(), ofAnna);
    KEPT_BACK.push('OWN');
    await mirror();
    expect((await list()).map(({ kindCode }) => kindCode)).toEqual(['RF_PASSPORT']);
    await mirror(ofAnna);
    KEPT_BACK.splice(0, 1, 'CHILDREN');
    await mirror();
    expect((await list()).map(({ kindCode }) => kindCode)).toEqual(['SNILS']);
  });

  it('are shown although they break our patterns, all but those without a number', async () => {
    await mirror(
      passportAtEsia({ series: '40О8', departmentCode: '78' }),
      esiaDocument('MLTR_ID', { series: 'АА', number: null }),
      esiaDocument('MDCL_PLCY', { number: '123456789' }),
    );
    expect((await list()).map(({ kindCode, maskedNumber }) => `${kindCode} ${maskedNumber}`).sort()).toEqual([
      'OMS_POLICY •••• 789',
      'RF_PASSPORT •••• 456',
    ]);
  });

  it('are marked when they are over, and are then of no use to forms', async () => {
    await mirror(foreignAtEsia('0000001', '2026-11-21'));
    const { documentId } = await only();
    const fileId = await store();
    await app.execute(new AttachFiles(owner, documentId, [fileId]));
    expect(await list()).toMatchObject([{ expired: true, daysLeft: -1 }]);
    expect(await app.ask(new DocumentRequisitesQuery(owner, ['RF_FOREIGN_PASSPORT']))).toEqual([]);
    expect(await app.ask(new AttachableFilesQuery(owner))).toEqual([]);
  });

  it('are not their owner’s to change', async () => {
    await mirror(passportAtEsia());
    const { documentId } = await only();
    for (const order of [
      new ChangePersonalDocument(owner, documentId, 1, PASSPORT),
      new RemovePersonalDocument(owner, documentId),
    ])
      await expect(app.execute(order)).rejects.toThrow(EsiaDocumentReadOnly);
    await mirror();
    await expect(app.execute(new RestorePersonalDocument(owner, documentId))).rejects.toThrow(EsiaDocumentReadOnly);
  });
});

describe('a typed copy', () => {
  it('gives way to ESIA’s document and shows where they differ', async () => {
    const typed = await type('RF_PASSPORT', { ...PASSPORT, number: '123465' }, [await store()]);
    app.clock.advance(HOUR);
    await mirror(passportAtEsia());
    const entries = await list();
    const mirrored = entries.find(({ origin }) => origin === 'ESIA')!.documentId;
    const differences = [{ code: 'number', here: '123465', atEsia: '123456' }];
    expect(entries.map(({ superseded }) => superseded)).toEqual([false, true]);
    expect(await view(typed)).toMatchObject({ superseded: { by: mirrored, differences }, supersedes: null });
    expect(await view(mirrored)).toMatchObject({ superseded: null, supersedes: { documentId: typed, differences } });
    expect(await app.ask(new DocumentRequisitesQuery(owner, ['RF_PASSPORT']))).toMatchObject([
      { documentId: mirrored },
    ]);
    expect(await app.ask(new AttachableFilesQuery(owner))).toEqual([]);
  });

  it('still lends its scans while it says the same', async () => {
    const fileId = await store();
    const typed = await type('RF_PASSPORT', PASSPORT, [fileId]);
    app.clock.advance(HOUR);
    await mirror(passportAtEsia());
    expect(await view(typed)).toMatchObject({ superseded: { differences: [] } });
    expect(await app.ask(new AttachableFilesQuery(owner))).toMatchObject([{ fileId }]);
  });

  it('is current again once ESIA’s document is over or gone', async () => {
    const typed = await type('OMS_POLICY', { enp: '7800000000000015' });
    app.clock.advance(HOUR);
    await mirror(esiaDocument('MDCL_PLCY', { number: '7800000000123452', expiryDate: '2026-12-31' }));
    expect((await view(typed)).superseded).not.toBeNull();
    app.clock.set('2027-01-01T09:00:00Z');
    expect((await view(typed)).superseded).toBeNull();
    app.clock.set('2026-12-01T09:00:00Z');
    await mirror();
    expect((await view(typed)).superseded).toBeNull();
  });

  it('is edited, removed and brought back as before', async () => {
    const typed = await type('RF_PASSPORT', { ...PASSPORT, number: '123465' });
    app.clock.advance(HOUR);
    await mirror(passportAtEsia());
    await app.execute(new ChangePersonalDocument(owner, typed, 1, PASSPORT));
    await app.execute(new RemovePersonalDocument(owner, typed));
    await app.execute(new RestorePersonalDocument(owner, typed));
    expect(await view(typed)).toMatchObject({ superseded: { differences: [] } });
  });

  it('is not typed once ESIA has the document', async () => {
    await mirror(passportAtEsia());
    await expect(type('RF_PASSPORT', PASSPORT)).rejects.toThrow(SuppliedByEsia);
    await expect(type('RF_PASSPORT', { ...PASSPORT, number: '777777' })).rejects.toThrow(SuppliedByEsia);
  });

  it('of the owner does not give way to a document of a child', async () => {
    const typed = await type('SNILS', { snils: '11223344595' });
    app.clock.advance(HOUR);
    await mirror(esiaDocument('SNILS', { esiaId: 'anna/SNILS', childId: ANNA.id, number: '90000000182' }));
    expect((await view(typed)).superseded).toBeNull();
  });

  it('of a foreign passport gives way to the same number only: one may hold two', async () => {
    const [same, second] = [
      await type('RF_FOREIGN_PASSPORT', foreignTyped('0000001')),
      await type('RF_FOREIGN_PASSPORT', foreignTyped('0000002')),
    ];
    app.clock.advance(HOUR);
    await mirror(foreignAtEsia('0000001', '2032-03-02'));
    expect(await view(same)).toMatchObject({ superseded: { differences: [{ code: 'expiryDate' }] } });
    expect((await view(second)).superseded).toBeNull();
  });
});
