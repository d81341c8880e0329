import { hash, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { officeDocument, pdf, SAMPLE_FILES, streamOf, tiff } from '../../../../../test/support/sample-files.js';
import { FILE_FORMATS, type FileExtension } from '../../domain/file-format.js';
import { ContentMismatch, SuspiciousArchive } from '../../domain/stored-file.errors.js';
import { FileTypeContentInspector } from './file-type-content-inspector.js';
import { InspectionThreads, openContentInspector } from './inspection-threads.js';

const PROGRAM = resolve(
  import.meta.dirname,
  '../../../../../dist/contexts/documents/infrastructure/content/inspection-worker.js',
);
const EXTENSIONS = Object.keys(FILE_FORMATS) as FileExtension[];

const opened: InspectionThreads[] = [];
function threads(program: string | URL = PROGRAM, maxLookMs?: number): InspectionThreads {
  const inspector = new InspectionThreads(program, maxLookMs);
  opened.push(inspector);
  return inspector;
}
afterEach(() => Promise.all(opened.splice(0).map((inspector) => inspector.onApplicationShutdown())));

/** A program for threads that does as told, in place of a file that makes the true one do so. */
const doing = (what: string): URL =>
  new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';\n${what}`)}`);
/** Takes every file by the name `fine`, but ends this way at one that begins with `!`. */
const failingBy = (end: string): URL =>
  doing(
    `parentPort.on('message', ({ memory }) => {
       if (new Uint8Array(memory)[0] === 33) { ${end} }
       else parentPort.postMessage({ sha256: 'fine', memory }, [memory]);
     });`,
  );

describe.each([
  ['on threads', threads],
  ['in the own thread', () => new FileTypeContentInspector()],
])('a look at files %s', (_where, inspector) => {
  it.each(EXTENSIONS)('tells the fingerprint of a good %s', async (extension) => {
    const bytes = await SAMPLE_FILES[extension]();
    expect(await inspector().inspect(extension, streamOf(bytes, 1000))).toBe(hash('sha256', bytes));
  });

  it.each([
    ['ActiveContent', 'pdf', () => pdf({ extra: '/OpenAction << /S /JavaScript >>' })],
    ['EncryptedFile', 'pdf', () => pdf({ extra: '/Encrypt 9 0 R' })],
    ['ImageTooLarge', 'tiff', () => tiff({ pages: 101 })],
    ['MacroNotAllowed', 'docx', () => officeDocument('docx', ['word/vbaProject.bin', 'x'])],
    ['SuspiciousArchive', 'docx', () => officeDocument('docx', ['word/bomb.xml', Buffer.alloc(50_000_000)])],
  ] as const)('refuses by %s', async (name, extension, content) => {
    await expect(inspector().inspect(extension, streamOf(await content()))).rejects.toMatchObject({
      name,
      details: {},
    });
  });

  it('refuses what is something else, saying what it should be', async () => {
    const refusal = inspector().inspect('pdf', streamOf(randomBytes(3_000_000)));
    await expect(refusal).rejects.toThrow(ContentMismatch);
    await expect(refusal).rejects.toMatchObject({ code: 'documents.content-mismatch', details: { extension: 'pdf' } });
  });

  it('keeps twenty files at once apart', async () => {
    const files = Array.from({ length: 20 }, (_, at) => pdf({ extra: `/Number ${at}` }));
    const one = inspector();
    const found = await Promise.all(files.map((bytes) => one.inspect('pdf', streamOf(bytes, 100))));
    expect(found).toEqual(files.map((bytes) => hash('sha256', bytes)));
  });

  it('fails as reading fails, and goes on with the next', async () => {
    const one = inspector();
    async function* broken() {
      yield await Promise.resolve(Buffer.from('%PDF'));
      throw new Error('the disk went away');
    }
    for (let time = 0; time < 5; time += 1)
      await expect(one.inspect('pdf', broken())).rejects.toThrow('the disk went away');
    expect(await one.inspect('pdf', streamOf(pdf()))).toBe(hash('sha256', pdf()));
  });
});

describe('a thread that looks at files', () => {
  it.each([
    ['never comes to an end', 'for (;;);'],
    ['ends the thread', 'process.exit(1)'],
    ['takes all memory', '{ const all = []; for (;;) all.push(new Array(1_000_000).fill(0)); }'],
  ])(
    'is replaced after a file that %s, which is refused',
    async (_what, end) => {
      const inspector = threads(failingBy(end), 1_500);
      const refused = [1, 2, 3].map(() => inspector.inspect('pdf', streamOf(Buffer.from('!'))));
      for (const outcome of await Promise.allSettled(refused))
        expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(SuspiciousArchive) as unknown });
      expect(await inspector.inspect('pdf', streamOf(Buffer.from('x')))).toBe('fine');
    },
    30_000,
  );

  it('does not stand in the way of other files and of other work while it is kept busy', async () => {
    const inspector = threads(failingBy('for (;;);'), 3_000);
    const hostile = inspector.inspect('pdf', streamOf(Buffer.from('!'))).catch(() => 'refused');
    const honest = inspector.inspect('pdf', streamOf(Buffer.from('x')));
    expect(await Promise.race([hostile, honest])).toBe('fine');
    expect(await hostile).toBe('refused');
  });

  it('does not blame the file when its program is broken', async () => {
    const fault = threads(doing('throw new Error("no such program");')).inspect('pdf', streamOf(pdf()));
    await expect(fault).rejects.toThrow('no such program');
    const failure = doing(
      `parentPort.on('message', ({ memory }) => parentPort.postMessage({ failure: new Error('a fault of ours'), memory }, [memory]));`,
    );
    await expect(threads(failure).inspect('pdf', streamOf(pdf()))).rejects.toThrow('a fault of ours');
  });

  it('is used where the product is built, and not where it runs from its sources', async () => {
    expect(openContentInspector()).toBeInstanceOf(FileTypeContentInspector);
    const built = (await import(resolve(PROGRAM, '../inspection-threads.js'))) as {
      openContentInspector: () => object;
    };
    expect(built.openContentInspector().constructor.name).toBe('InspectionThreads');
  });
});
