import { DocumentsVisits, file } from '../../../../../test/support/documents-visits.js';
import { jpeg, pdf } from '../../../../../test/support/sample-files.js';
import { VirusScanner } from '../../application/ports/virus-scanner.js';
import { ScanFiles } from '../../application/scan-files.js';
import { InfectedFile } from '../../domain/stored-file.errors.js';

/** A scanner is set up, and nobody is at home. */
const visits = DocumentsVisits.beforeEachTest({ CLAMAV_URL: 'tcp://127.0.0.1:1' });

/** From now on the scanner answers so. */
const scannerAnswers = (answer: () => Promise<'CLEAN'>): void => {
  visits.app.get(VirusScanner).scan = answer;
};

const fileIdOf = async (): Promise<string> =>
  (await visits.app.sql.one<{ id: string }>('select id from documents.stored_file where owner_id = $1', [visits.owner]))!
    .id;

describe('while the virus scanner does not answer', () => {
  it('a document takes files, and says that they wait', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    const taken = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [file('Скан.jpg', jpeg())]);
    expect(taken.status).toBe(303);
    expect((await visits.visitor.open(`/documents/${id}`)).text).toContain('Проверяем на вирусы');

    const fileId = await fileIdOf();
    for (const path of [`/files/${fileId}`, `/files/${fileId}/preview`]) {
      const waiting = await visits.visitor.open(path);
      expect(waiting.status).toBe(409);
      expect(waiting.text).toContain('Файл ещё проверяется');
    }

    scannerAnswers(() => Promise.resolve('CLEAN'));
    await visits.app.execute(new ScanFiles());
    expect((await visits.visitor.open(`/files/${fileId}`)).status).toBe(200);
    expect((await visits.visitor.open(`/documents/${id}`)).text).not.toContain('Проверяем на вирусы');
  });
});

describe('a file in which a virus is found later', () => {
  it('stays in the document by its name, with words, and is never given out', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    visits.app.get(VirusScanner).scan = () => Promise.resolve('NOT_SCANNED');
    await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [file('Скан.pdf', pdf())]);
    scannerAnswers(() => Promise.reject(new InfectedFile()));
    await visits.app.execute(new ScanFiles());
    const shown = await visits.visitor.open(`/documents/${id}`);
    expect(shown.text).toContain('Скан.pdf');
    expect(shown.text).toContain('В файле найден вирус');
    const erased = await visits.visitor.open(`/files/${await fileIdOf()}`);
    expect(erased.status).toBe(404);
    expect(erased.text).toContain('Антивирус нашёл в нём вредоносную программу');
  });
});

describe('a form with several refused files', () => {
  beforeEach(() => scannerAnswers(() => Promise.resolve('CLEAN')));

  it('answers with their status when they agree, and with 422 when they do not', async () => {
    const id = await visits.addPassport();
    await visits.visitor.open(`/documents/${id}`);
    const send = (...names: readonly string[]) =>
      visits.visitor.sendFiles(
        `/documents/${id}/files`,
        {},
        names.map((name) => file(name, pdf())),
      );
    const [one, two] = [await send('a.exe'), await send('a.exe', 'b.jpg')];
    expect([one.status, two.status]).toEqual([415, 415]);
    expect(two.text).toMatch(/«a\.exe»: Такой формат не принимается.*«b\.jpg»: Содержимое не соответствует/);
    const large = file('c.pdf', Buffer.alloc(3_145_729));
    const mixed = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [file('a.exe', pdf()), large]);
    expect(mixed.status).toBe(422);
    const tooLarge = await visits.visitor.sendFiles(`/documents/${id}/files`, {}, [large]);
    expect(tooLarge.status).toBe(413);
  });
});
