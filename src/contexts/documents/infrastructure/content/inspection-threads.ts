import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type OnApplicationShutdown } from '@nestjs/common';
import { type DomainError } from '../../../../kernel/domain-error.js';
import { ContentInspector } from '../../application/ports/content-inspector.js';
import { type FileExtension, MAX_FILE_BYTES } from '../../domain/file-format.js';
import {
  ActiveContent,
  ContentMismatch,
  EncryptedFile,
  ImageTooLarge,
  MacroNotAllowed,
  SuspiciousArchive,
} from '../../domain/stored-file.errors.js';
import { FileTypeContentInspector } from './file-type-content-inspector.js';
import { type Look, type Verdict } from './inspection-worker.js';

const PROGRAM = join(import.meta.dirname, 'inspection-worker.js');
/** A file that keeps one of them does not stop the others. */
const THREADS = 2;
/** A look takes milliseconds; whoever made a file that takes so long meant it to. */
const MAX_LOOK_MS = 10_000;
/** Of the objects of one thread; what a file may unfold to is far less. */
const MAX_HEAP_MB = 256;

const REFUSALS: Readonly<Record<string, (details: DomainError['details']) => DomainError>> = {
  ActiveContent: () => new ActiveContent(),
  ContentMismatch: ({ extension }) => new ContentMismatch(String(extension)),
  EncryptedFile: () => new EncryptedFile(),
  ImageTooLarge: () => new ImageTooLarge(),
  MacroNotAllowed: () => new MacroNotAllowed(),
  SuspiciousArchive: () => new SuspiciousArchive(),
};

/** On threads in the built product. Specs run from the sources, where the program of a thread is not built: there in their own thread. */
export const openContentInspector = (): ContentInspector =>
  existsSync(PROGRAM) ? new InspectionThreads() : new FileTypeContentInspector();

/**
 * Looks at files on threads of their own: pages are answered meanwhile, and what a look leaves behind in memory is cleared away in a
 * small heap, not in the product's. A look that takes more than ten seconds or more memory than a thread has ends with its thread
 * and refuses the file as SuspiciousArchive; the next look starts a new one. Holds three megabytes a thread.
 */
export class InspectionThreads extends ContentInspector implements OnApplicationShutdown {
  private readonly threads: readonly InspectionThread[];
  private readonly free: InspectionThread[];
  private readonly waiting: ((thread: InspectionThread) => void)[] = [];

  constructor(program: string | URL = PROGRAM, maxLookMs = MAX_LOOK_MS) {
    super();
    this.threads = Array.from({ length: THREADS }, () => new InspectionThread(program, maxLookMs));
    this.free = [...this.threads];
  }

  override async inspect(extension: FileExtension, content: AsyncIterable<Uint8Array>): Promise<string> {
    const thread = this.free.pop() ?? (await new Promise<InspectionThread>((resolve) => this.waiting.push(resolve)));
    try {
      return await thread.inspect(extension, content);
    } finally {
      const next = this.waiting.shift();
      if (next) next(thread);
      else this.free.push(thread);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }
}

/** One look at a time. */
class InspectionThread {
  private memory = new ArrayBuffer(MAX_FILE_BYTES);
  private worker: Worker | null = null;

  constructor(
    private readonly program: string | URL,
    private readonly maxLookMs: number,
  ) {}

  async inspect(extension: FileExtension, content: AsyncIterable<Uint8Array>): Promise<string> {
    const bytes = await this.read(content);
    const verdict = await this.ask({ extension, memory: this.memory, bytes });
    this.memory = verdict.memory;
    if ('sha256' in verdict) return verdict.sha256;
    if ('failure' in verdict) throw verdict.failure;
    throw REFUSALS[verdict.refusal]?.(verdict.details) ?? new Error(`Unknown refusal ${verdict.refusal}`);
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
    this.worker = null;
  }

  private start(): Worker {
    const worker = new Worker(this.program, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    // A thread that fails while nobody waits for it, or fails once more on its way out, must not take the process with it.
    worker.on('error', () => undefined);
    return worker;
  }

  private async read(content: AsyncIterable<Uint8Array>): Promise<number> {
    const memory = new Uint8Array(this.memory);
    let bytes = 0;
    for await (const chunk of content) {
      memory.set(chunk, bytes);
      bytes += chunk.byteLength;
    }
    return bytes;
  }

  private async ask(look: Look): Promise<Verdict> {
    const worker = (this.worker ??= this.start());
    const gone = new AbortController();
    const leave = () => gone.abort();
    worker.once('exit', leave).ref();
    try {
      worker.postMessage(look, [look.memory]);
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(this.maxLookMs)]);
      const [verdict] = (await once(worker, 'message', { signal })) as [Verdict];
      return verdict;
    } catch (error) {
      this.memory = new ArrayBuffer(MAX_FILE_BYTES);
      await this.end();
      throw TOO_MUCH.has((error as NodeJS.ErrnoException).code ?? '')
        ? Object.assign(new SuspiciousArchive(), { cause: error })
        : error;
    } finally {
      worker.off('exit', leave).unref();
    }
  }
}

/** The thread was stopped, ended itself, or had no more memory. */
const TOO_MUCH = new Set(['ABORT_ERR', 'ERR_WORKER_OUT_OF_MEMORY']);
