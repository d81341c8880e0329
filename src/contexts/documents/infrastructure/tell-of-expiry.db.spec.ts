import { randomUUID } from 'node:crypto';
import { ANNA, AT_ESIA, documentsApp, esiaDocument, PASSPORT } from '../../../../test/support/documents-app.js';
import { type TestApp } from '../../../../test/support/test-app.js';
import { addDays } from '../../../kernel/legal-day.js';
import { type StoredEvent } from '../../../platform/outbox/reactions.js';
import { BackgroundWorker } from '../../../platform/queue/worker.js';
import { AddPersonalDocument } from '../application/add-personal-document.js';
import { MirrorEsiaDocuments } from '../application/mirror-esia-documents.js';
import { RemovePersonalDocument } from '../application/remove-personal-document.js';
import { RevealRequisites } from '../application/reveal-requisites.js';
import { TellOfExpiry } from '../application/tell-of-expiry.js';
import { DocumentExpires } from '../domain/personal-document.events.js';

/** Early in the morning in Moscow. */
const at = (day: string) => `${day}T00:10:00+03:00`;
const ADDED = '2026-11-22';
const END = '2027-06-01';

let app: TestApp;
beforeAll(async () => {
  app = await documentsApp();
});
afterAll(() => app.close());

let owner: string;
beforeEach(async () => {
  await app.sql.query('truncate documents.personal_document, documents.expiry_notice, documents.expiry_round');
  await app.settle();
  owner = randomUUID();
  app.clock.set(at(ADDED));
  AT_ESIA.splice(0);
});

const foreignPassport = (expiryDate: string, number = '0000001') => ({
  ...{ series: '75', number, issueDate: '2022-03-01', expiryDate, issuedBy: 'МВД 78001' },
});
const add = (expiryDate = END, number?: string, childId: string | null = null) =>
  app.execute(new AddPersonalDocument(owner, 'RF_FOREIGN_PASSPORT', foreignPassport(expiryDate, number), [], childId));
const ends = (events: readonly StoredEvent[]) => events.filter(({ type }) => type === DocumentExpires.type);
/** What the run of that day tells: `document step`. */
const toldOn = async (day: string): Promise<string[]> => {
  app.clock.set(at(day));
  await app.execute(new TellOfExpiry());
  return ends(await app.settle()).map(({ payload }) => `${String(payload['documentId'])} ${String(payload['step'])}`);
};
const before = (days: number) => addDays(END, -days);

describe('the end of a document', () => {
  it('is told 90, 30 and 7 days before and on the last day, each once', async () => {
    const id = await add();
    for (const [days, step] of [
      [91, null],
      [90, 90],
      [89, null],
      [30, 30],
      [7, 7],
      [6, null],
      [0, 0],
      [-1, null],
    ] as const)
      expect([days, await toldOn(before(days))]).toEqual([days, step === null ? [] : [`${id} ${step}`]]);
  });

  it('is told with the kind and the day, and no requisite', async () => {
    const id = await add();
    app.clock.set(at(before(30)));
    await app.execute(new TellOfExpiry());
    expect(ends(await app.settle()).map(({ payload }) => payload)).toEqual([
      { documentId: id, ownerId: owner, kindCode: 'RF_FOREIGN_PASSPORT', expiresOn: END, step: 30 },
    ]);
  });

  it('is told by the day in Moscow', async () => {
    await add();
    app.clock.set(`${before(31)}T20:59:00Z`);
    await app.execute(new TellOfExpiry());
    expect(ends(await app.settle())).toMatchObject([{ payload: { step: 90 } }]);
    app.clock.set(`${before(31)}T21:00:00Z`);
    await app.execute(new TellOfExpiry());
    expect(ends(await app.settle())).toMatchObject([{ payload: { step: 30 } }]);
  });

  it('missed while the product was down is told at the next run, of several steps the nearest', async () => {
    const id = await add();
    expect(await toldOn(before(5))).toEqual([`${id} 7`]);
    expect(await toldOn(before(-3))).toEqual([`${id} 0`]);
    expect(await toldOn(before(-4))).toEqual([]);
  });

  it('is not told for steps from before the document was added', async () => {
    const id = await add(addDays(ADDED, 20));
    expect(await toldOn(ADDED)).toEqual([]);
    expect(await toldOn(addDays(ADDED, 13))).toEqual([`${id} 7`]);
  });

  it('is not told of removed ones', async () => {
    await app.execute(new RemovePersonalDocument(owner, await add()));
    expect(await toldOn(before(30))).toEqual([]);
  });

  it('is not told after renewal; a child’s new document renews nothing of the owner’s', async () => {
    const id = await add();
    await add(addDays(END, 3000), '0000002', ANNA.id);
    expect(await toldOn(before(90))).toEqual([`${id} 90`]);
    await add(addDays(END, 3000), '0000003');
    expect(await toldOn(before(30))).toEqual([]);
  });

  it('is told of ESIA’s document, not of the copy that gave way to it', async () => {
    const copy = await add();
    app.clock.set(at(addDays(ADDED, 1)));
    AT_ESIA.push(esiaDocument('FRGN_PASS', foreignPassport(END)));
    await app.execute(new MirrorEsiaDocuments(owner));
    const told = await toldOn(before(30));
    expect(told).toHaveLength(1);
    expect(told[0]).not.toContain(copy);
  });

  it('is told anew when ESIA’s document ends on another day', async () => {
    const mirror = async (expiryDate: string) => {
      AT_ESIA.splice(0, 1, esiaDocument('FRGN_PASS', foreignPassport(expiryDate)));
      await app.execute(new MirrorEsiaDocuments(owner));
    };
    await mirror(END);
    expect(await toldOn(before(30))).toHaveLength(1);
    await mirror(addDays(END, 60));
    expect(await toldOn(before(29))).toMatchObject([expect.stringMatching(/ 90$/)]);
  });
});

describe('the daily run', () => {
  it('does a day’s work once, whatever is added afterwards, and takes the rest up the next day', async () => {
    await add();
    app.clock.set(at(before(30)));
    await app.get(BackgroundWorker).runJob('documents.tell-of-expiry');
    const late = await add(addDays(before(30), 30), '0000009');
    await app.get(BackgroundWorker).runJob('documents.tell-of-expiry');
    expect(ends(await app.settle())).toHaveLength(1);
    expect(await toldOn(before(29))).toEqual([`${late} 30`]);
  });

  it('broken off in the middle is taken up again, and tells nobody twice', async () => {
    const count = 1100;
    await add();
    await app.sql.query(
      `insert into documents.personal_document (id, owner_id, kind_code, requisites, number_fingerprint, expires_on, added_at, changed_at)
       select gen_random_uuid(), gen_random_uuid(), kind_code, requisites, number_fingerprint, expires_on, added_at, changed_at
       from documents.personal_document, generate_series(2, $1)`,
      [count],
    );
    await app.sql.query(`create function documents.break_off() returns trigger language plpgsql as $$
      begin if (select count(*) from documents.expiry_notice) > 700 then raise exception 'killed'; end if; return null; end $$`);
    await app.sql.query(
      'create trigger break_off after insert on documents.expiry_notice for each statement execute function documents.break_off()',
    );
    await expect(toldOn(before(30))).rejects.toThrow('killed');
    await app.sql.query('drop function documents.break_off cascade');
    const early = ends(await app.settle());
    expect(early.length).toBeGreaterThan(0);
    expect(early.length).toBeLessThan(count);
    const rest = await toldOn(before(30));
    expect(
      new Set([...early.map(({ payload }) => payload['documentId']), ...rest.map((told) => told.split(' ')[0])]).size,
    ).toBe(count);
    expect(early.length + rest.length).toBe(count);
  });

  it('forgets what can no longer be told', async () => {
    await add();
    await toldOn(before(0));
    await toldOn(before(-100));
    expect(await app.sql.query('select 1 from documents.expiry_notice')).toEqual([]);
    expect(await app.sql.query('select 1 from documents.expiry_round')).toHaveLength(1);
  });
});

describe('what leaves the context', () => {
  it('says no requisite of any document', async () => {
    const child = await app.execute(new AddPersonalDocument(owner, 'SNILS', { snils: '11223344595' }, [], ANNA.id));
    await app.execute(new AddPersonalDocument(owner, 'RF_PASSPORT', PASSPORT));
    await app.execute(new RevealRequisites(owner, child, 'VIEW'));
    await add();
    app.clock.set(at(before(7)));
    await app.execute(new TellOfExpiry());
    const events = await app.settle();
    expect(events.length).toBeGreaterThan(0);
    const rest = await app.sql
      .query(`select t::text from documents.personal_document t union all select t::text from documents.expiry_notice t
      union all select t::text from documents.access_record t`);
    for (const text of [JSON.stringify(events), JSON.stringify(rest)])
      expect(text).not.toMatch(/11223344595|123456|0000001|780-099|МВД/);
  });
});
