import { randomUUID } from 'node:crypto';
import { ANNA, documentsApp, PASSPORT, PETER } from '../../../../test/support/documents-app.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { AttachFiles } from '../application/attach-files.js';
import { PersonalDocumentQuery, PersonalDocumentsQuery } from '../application/cabinet-documents.query.js';
import { ChangePersonalDocument } from '../application/change-personal-document.js';
import { RemovePersonalDocument, RestorePersonalDocument } from '../application/remove-personal-document.js';
import { RevealRequisites } from '../application/reveal-requisites.js';
import { SweepFiles } from '../application/sweep-files.js';
import { documentKind } from '../domain/document-kinds.js';
import {
  DocumentChanged,
  DocumentDuplicate,
  DocumentExpired,
  DocumentNotFound,
  InvalidRequisites,
  OnePerPerson,
  UnknownChild,
} from '../domain/personal-document.errors.js';
import { PersonalDocument } from '../domain/personal-document.js';
import { PersonalDocumentRepository } from '../domain/personal-document.repository.js';
import { DocumentRequisitesQuery } from '../public.js';

const NOW = '2026-11-22T09:00:00Z';
const HOUR = 3_600_000;
const BEARER = { childId: null, today: '2026-11-22', birthDate: '1988-03-05' };

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

let owner: string;
beforeEach(() => {
  owner = randomUUID();
  app.clock.set(NOW);
});

const addPassport = (by = owner, changes: Partial<Record<string, string>> = {}, childId: string | null = null) =>
  app.execute(new AddPersonalDocument(by, 'RF_PASSPORT', { ...PASSPORT, ...changes }, [], childId));
const foreignPassport = (number: string, expiryDate = '2032-03-01') => ({
  series: '99',
  number,
  issueDate: '2022-03-01',
  expiryDate,
  issuedBy: 'ГУ МВД России',
});

describe('a personal document', () => {
  it('is loaded as it was saved', async () => {
    const fileId = randomUUID();
    const id = randomUUID();
    const content = { requisites: PASSPORT, numberFingerprint: 'ab12' };
    const saved = PersonalDocument.add(id, owner, documentKind('RF_PASSPORT'), content, BEARER, new Date(NOW));
    saved.change({ ...content, requisites: { ...PASSPORT, issuedBy: 'ОВД' } }, BEARER, 1, new Date(NOW));
    saved.attach([fileId], new Date(NOW));
    await app.inUnitOfWork(() => app.get(PersonalDocumentRepository).save(saved));
    const loaded = await app.inUnitOfWork(() => app.get(PersonalDocumentRepository).get(id, owner));
    expect({ ...loaded }).toEqual({ ...saved });
    expect(loaded).toBeInstanceOf(PersonalDocument);
  });

  it('keeps its requisites encrypted and its number as a hash', async () => {
    const id = await addPassport();
    const row = await app.sql.one<{ requisites: string; number_fingerprint: string; expires_on: string }>(
      'select * from documents.personal_document where id = $1',
      [id],
    );
    expect(row?.requisites).toMatch(/^v1\./);
    expect(row?.number_fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.expires_on).toBe('2033-06-03');
    expect(JSON.stringify(row)).not.toContain('123456');
  });

  it('is shown whole to its owner and to nobody else', async () => {
    const id = await addPassport();
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toEqual({
      documentId: id,
      kindCode: 'RF_PASSPORT',
      requisites: PASSPORT,
      expiresOn: '2033-06-03',
      expired: false,
      daysLeft: 2385,
      files: [],
      version: 1,
      origin: 'MANUAL',
      verification: null,
      confirmedAt: null,
      child: null,
      superseded: null,
      supersedes: null,
      history: [],
      addedAt: new Date(NOW),
      views: [],
    });
    expect(await app.ask(new PersonalDocumentQuery(randomUUID(), id))).toBeNull();
    expect(await app.ask(new PersonalDocumentQuery(owner, 'not-an-id'))).toBeNull();
    await expect(app.execute(new RemovePersonalDocument(randomUUID(), id))).rejects.toThrow(DocumentNotFound);
    await expect(app.execute(new AttachFiles(randomUUID(), id, []))).rejects.toThrow(DocumentNotFound);
  });

  it('is listed with its number masked, the newest first', async () => {
    const first = await addPassport();
    const second = await app.execute(new AddPersonalDocument(owner, 'SNILS', { snils: '112-233-445 95' }));
    const manual = { origin: 'MANUAL', verification: null, child: null, superseded: false, expired: false, files: 0 };
    expect(await app.ask(new PersonalDocumentsQuery(owner))).toEqual([
      { ...manual, documentId: second, kindCode: 'SNILS', maskedNumber: '•••• 595', expiresOn: null, daysLeft: null },
      {
        ...{ ...manual, documentId: first, kindCode: 'RF_PASSPORT', maskedNumber: '•••• 456' },
        ...{ expiresOn: '2033-06-03', daysLeft: 2385 },
      },
    ]);
  });

  it('is refused twice, however its number is typed, and taken from another owner', async () => {
    await app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('0000012')));
    const again = new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('00 000-12'));
    await expect(app.execute(again)).rejects.toThrow(DocumentDuplicate);
    await expect(
      app.execute(new AddPersonalDocument(randomUUID(), 'RF_FOREIGN_PASSPORT', foreignPassport('0000012'))),
    ).resolves.toBeDefined();
    await addPassport();
    await expect(addPassport(owner, { number: '654321' })).rejects.toThrow(OnePerPerson);
  });

  it('of which a person has one stays the only one when several windows add, change or restore at once', async () => {
    const added = await Promise.allSettled(
      ['111111', '222222', '333333'].map((number) => addPassport(owner, { number })),
    );
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of added) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(OnePerPerson);

    const [first] = await app.ask(new PersonalDocumentsQuery(owner));
    await app.execute(new RemovePersonalDocument(owner, first!.documentId));
    const back = new RestorePersonalDocument(owner, first!.documentId);
    const outcomes = await Promise.allSettled([app.execute(back), addPassport(owner, { number: '444444' })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await app.ask(new PersonalDocumentsQuery(owner))).toHaveLength(1);
  });

  it('is left as it was when an edit would make it the number of another', async () => {
    await app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('0000012')));
    const id = await app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('0000013')));
    const edit = new ChangePersonalDocument(owner, id, 1, foreignPassport('0000012'));
    await expect(app.execute(edit)).rejects.toThrow(DocumentDuplicate);
    const kept = await app.ask(new PersonalDocumentQuery(owner, id));
    expect([kept?.requisites['number'], kept?.version, kept?.history]).toEqual(['0000013', 1, []]);
  });

  it('is added once when two windows send it at once', async () => {
    const add = () => app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('0000013')));
    const outcomes = await Promise.allSettled([add(), add(), add(), add()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const added = outcomes.find((outcome) => outcome.status === 'fulfilled');
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'documents.duplicate', details: { existingId: added?.value } });
    }
  });

  it('is changed by the form that was opened last', async () => {
    const id = await addPassport();
    await app.execute(new ChangePersonalDocument(owner, id, 1, { ...PASSPORT, number: '654321' }));
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toMatchObject({
      requisites: { number: '654321' },
      version: 2,
    });
    await expect(app.execute(new ChangePersonalDocument(owner, id, 1, PASSPORT))).rejects.toThrow(DocumentChanged);
  });

  it('remembers what it said before each edit, encrypted, the latest first', async () => {
    const id = await addPassport();
    const edit = async (version: number, number: string) => {
      app.clock.advance(HOUR);
      await app.execute(new ChangePersonalDocument(owner, id, version, { ...PASSPORT, number }));
    };
    await edit(1, '654321');
    await edit(2, '654322');
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toMatchObject({
      requisites: { number: '654322' },
      history: [
        { requisites: { number: '654321' }, replacedAt: new Date('2026-11-22T11:00:00Z'), by: 'OWNER' },
        { requisites: PASSPORT, replacedAt: new Date('2026-11-22T10:00:00Z'), by: 'OWNER' },
      ],
    });
    const row = await app.sql.one<{ history: string }>(
      'select history from documents.personal_document where id = $1',
      [id],
    );
    expect(row?.history).toMatch(/^v1\./);
  });

  it('comes back after removal, unless the same was added meanwhile, and for one day only', async () => {
    const id = await addPassport();
    await app.execute(new RemovePersonalDocument(owner, id));
    expect(await app.ask(new PersonalDocumentsQuery(owner))).toEqual([]);
    await app.execute(new RestorePersonalDocument(owner, id));
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).not.toBeNull();

    await app.execute(new RemovePersonalDocument(owner, id));
    const replacement = await addPassport();
    await expect(app.execute(new RestorePersonalDocument(owner, id))).rejects.toThrow(DocumentDuplicate);

    await app.execute(new RemovePersonalDocument(owner, replacement));
    app.clock.advance(25 * HOUR);
    await app.execute(new SweepFiles());
    await expect(app.execute(new RestorePersonalDocument(owner, replacement))).rejects.toThrow(DocumentNotFound);
  });

  it('gives its requisites to forms while it is valid', async () => {
    const id = await addPassport();
    await app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport('0000012', '2026-11-22')));
    const ask = () => app.ask(new DocumentRequisitesQuery(owner, ['RF_PASSPORT', 'RF_FOREIGN_PASSPORT']));
    expect(await ask()).toHaveLength(2);
    app.clock.set('2026-11-22T21:00:00Z'); // midnight in Moscow
    expect(await ask()).toMatchObject([
      { documentId: id, kind: 'RF_PASSPORT', title: 'Паспорт гражданина РФ', requisites: PASSPORT },
    ]);
    expect(await app.ask(new PersonalDocumentsQuery(owner))).toMatchObject([
      { expired: true, daysLeft: -1 },
      { expired: false, daysLeft: 2384 },
    ]);
  });
});

describe('a document of a child', () => {
  const OF_ANNA = { number: '777777', issueDate: '2024-06-01' };

  it('is listed under the name the profile knows', async () => {
    const id = await addPassport(owner, OF_ANNA, ANNA.id);
    const child = { id: ANNA.id, name: 'Невская Анна' };
    expect(await app.ask(new PersonalDocumentsQuery(owner))).toMatchObject([{ documentId: id, child }]);
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toMatchObject({ child, expiresOn: '2030-08-13' });
  });

  it('goes by the child’s age', async () => {
    await expect(addPassport(owner, { issueDate: '2024-05-14' }, ANNA.id)).rejects.toThrow(InvalidRequisites);
    await expect(addPassport(owner, { issueDate: '2024-05-15' }, ANNA.id)).resolves.toBeDefined();
  });

  it('is refused for a child that the profile does not know', async () => {
    await expect(addPassport(owner, {}, 'somebody')).rejects.toThrow(UnknownChild);
    const id = await addPassport();
    await expect(app.execute(new ChangePersonalDocument(owner, id, 1, PASSPORT, 'somebody'))).rejects.toThrow(
      UnknownChild,
    );
  });

  it('may be one of each kind beside the owner’s own, and stays the child’s through an edit', async () => {
    await addPassport();
    const id = await addPassport(owner, OF_ANNA, ANNA.id);
    await expect(addPassport(owner, { ...OF_ANNA, number: '888888' }, ANNA.id)).rejects.toThrow(OnePerPerson);
    await app.execute(new ChangePersonalDocument(owner, id, 1, { ...PASSPORT, ...OF_ANNA, number: '999999' }));
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toMatchObject({ child: { id: ANNA.id } });
  });

  it('is given to another child, or back to the owner', async () => {
    const snils = { snils: '11223344595' };
    const id = await app.execute(new AddPersonalDocument(owner, 'SNILS', snils, [], PETER.id));
    await app.execute(new ChangePersonalDocument(owner, id, 1, snils, ANNA.id));
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toMatchObject({ child: { id: ANNA.id }, history: [] });
    await app.execute(new ChangePersonalDocument(owner, id, 2, snils, null));
    expect(await app.ask(new PersonalDocumentQuery(owner, id))).toMatchObject({ child: null });
  });

  it('never fills a form about the owner', async () => {
    await addPassport(owner, OF_ANNA, ANNA.id);
    expect(await app.ask(new DocumentRequisitesQuery(owner, ['RF_PASSPORT']))).toEqual([]);
    expect(await app.ask(new DocumentRequisitesQuery(owner, ['RF_PASSPORT'], ANNA.id))).toHaveLength(1);
  });
});

describe('an expired document', () => {
  it('is refused at entry and at an edit, its last valid day is not', async () => {
    const add = (number: string, expiryDate: string) =>
      app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport(number, expiryDate)));
    await expect(add('0000021', '2026-11-21')).rejects.toThrow(DocumentExpired);
    const id = await add('0000022', '2026-11-22');
    const edit = new ChangePersonalDocument(owner, id, 1, foreignPassport('0000022', '2026-11-21'));
    await expect(app.execute(edit)).rejects.toThrow(DocumentExpired);
  });
});

describe('showing the full number', () => {
  it('is noted for good, and the document tells when it was shown', async () => {
    const id = await addPassport();
    for (let time = 0; time < 12; time += 1) {
      app.clock.advance(HOUR);
      await app.execute(new RevealRequisites(owner, id, time === 0 ? 'EDIT' : 'VIEW'));
    }
    const { views } = (await app.ask(new PersonalDocumentQuery(owner, id)))!;
    expect(views.map(({ at }) => at.getUTCHours())).toEqual([21, 20, 19, 18, 17, 16, 15, 14, 13, 12]);
    const records = await app.sql.query(
      'select account_id, purpose from documents.access_record where document_id = $1 order by accessed_at limit 2',
      [id],
    );
    expect(records).toEqual([
      { account_id: owner, purpose: 'EDIT' },
      { account_id: owner, purpose: 'VIEW' },
    ]);
    const rewrite = app.sql.query('delete from documents.access_record where document_id = $1', [id]);
    await expect(rewrite).rejects.toThrow('append-only');
  });

  it('is refused to anybody else, and nothing is noted', async () => {
    const id = await addPassport();
    await expect(app.execute(new RevealRequisites(randomUUID(), id, 'VIEW'))).rejects.toThrow(DocumentNotFound);
    expect((await app.ask(new PersonalDocumentQuery(owner, id)))?.views).toEqual([]);
  });
});
