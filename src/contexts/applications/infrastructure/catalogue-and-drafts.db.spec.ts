import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { type DraftsApp, draftsApp } from '../../../../test/support/filling-drafts.js';
import { DraftChanged, DraftNotFound, TooManyDrafts } from '../domain/draft.errors.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { Draft, MAX_DRAFTS_OF_SERVICE } from '../domain/draft.js';
import { StartDraft } from '../application/start-draft.js';
import { publishCatalogue, SAMPLE_CATALOGUE } from './publish-catalogue.js';

describe('The catalogue and the drafts in PostgreSQL', () => {
  let app: DraftsApp;
  beforeAll(async () => {
    app = await draftsApp();
  });
  afterAll(() => app?.close());

  const drafts = () => app.get(DraftRepository);
  const form = { code: 'PRE_TRIAL_COMPLAINT', version: 1 };
  const answers = { text: 'Жалоба', address: { line: 'д. 1' }, children: ['a', 'b'], files: [{ fileId: 'f', name: 'ф.pdf', extension: 'pdf', mediaType: 'x', bytes: 1, sha256: '' }] };
  const stored = async (applicantId = randomUUID()) => {
    const draft = Draft.start(randomUUID(), applicantId, form, answers, 40, new Date('2026-11-22T09:00:00.123Z'));
    await app.inUnitOfWork(() => drafts().save(draft));
    return draft;
  };

  it('keep a draft as it was', async () => {
    const draft = await stored();
    const loaded = await app.inUnitOfWork(async () => ({ ...(await drafts().get(draft.id, draft.applicantId)) }));
    expect(loaded).toEqual({ ...draft });
  });

  it('keep the receipt of a sent draft', async () => {
    const draft = await stored();
    const sending = { key: randomUUID(), version: 1 };
    const receipt = { applicationId: randomUUID(), registrationNumber: '78-2026-00000009' };
    await app.inUnitOfWork(async () => {
      const loaded = await drafts().get(draft.id, draft.applicantId);
      loaded.close(receipt, sending, 'key', new Date('2026-11-22T10:00:00Z'));
      await drafts().save(loaded);
    });
    await app.inUnitOfWork(async () => {
      const sent = await drafts().ofApplication(receipt.applicationId);
      expect(sent?.receiptOf(sending)).toEqual(receipt);
      expect(sent?.currentAnswers).toEqual({});
    });
  });

  it('write nothing for a draft that was only looked at', async () => {
    const draft = await stored();
    await app.inUnitOfWork(async () => drafts().save(await drafts().get(draft.id, draft.applicantId)));
    expect(await app.sql.one('select version from applications.draft where id = $1', [draft.id])).toEqual({ version: 1 });
  });

  it('let one of two windows that save at once win', async () => {
    const draft = await stored();
    const slow = app.inUnitOfWork(async () => {
      const loaded = await drafts().get(draft.id, draft.applicantId);
      await app.inUnitOfWork(async () => {
        const first = await drafts().get(draft.id, draft.applicantId);
        first.fill({ text: 'Первое окно' }, 40, new Date());
        await drafts().save(first);
      });
      loaded.fill({ text: 'Второе окно' }, 40, new Date());
      await drafts().save(loaded);
    });
    await expect(slow).rejects.toThrow(DraftChanged);
  });

  it('do not know the draft of someone else', async () => {
    const draft = await stored();
    await expect(app.inUnitOfWork(() => drafts().get(draft.id, randomUUID()))).rejects.toThrow(DraftNotFound);
  });

  it('hold ten drafts of a service and no more', async () => {
    const maria = randomUUID();
    for (let count = 0; count < MAX_DRAFTS_OF_SERVICE; count++) await stored(maria);
    await expect(app.execute(new StartDraft(maria, form.code))).rejects.toMatchObject(new TooManyDrafts({ limit: MAX_DRAFTS_OF_SERVICE }));
    await app.execute(new StartDraft(maria, 'SCHOOL_FIRST_GRADE'));
  });

  it('are published once, however often they are published', async () => {
    const count = async () => app.sql.one('select (select count(*) from applications.form_version)::int forms, (select count(*) from applications.directory_entry)::int entries');
    const before = await count();
    await publishCatalogue(app.sql.pool);
    expect(await count()).toEqual(before);
  });

  it('refuse another form under a published version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
    try {
      cpSync(SAMPLE_CATALOGUE, folder, { recursive: true });
      const file = join(folder, 'pre-trial-complaint.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"maxLength": 4000', '"maxLength": 3000'));
      await expect(publishCatalogue(app.sql.pool, folder)).rejects.toThrow('PRE_TRIAL_COMPLAINT was changed after its version 1 was published');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each(["update applications.form_version set definition = '{}'", 'delete from applications.form_version', 'truncate applications.form_version cascade'])(
    'refuse: %s',
    async (sql) => {
      await expect(app.sql.pool.query(sql)).rejects.toThrow('A published form never changes');
    },
  );

  it('give every number once, also to many at a time', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 50 }, () => app.sql.one<{ number: number }>('select applications.next_registration_number($1) as number', [2031])),
    );
    expect(numbers.map((row) => row?.number).sort((a, b) => a! - b!)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  });
});
