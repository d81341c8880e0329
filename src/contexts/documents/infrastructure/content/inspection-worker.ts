import { parentPort } from 'node:worker_threads';
import { DomainError } from '../../../../kernel/domain-error.js';
import { type FileExtension } from '../../domain/file-format.js';
import { inspectBytes } from './file-type-content-inspector.js';

/** A file to look at: the first `bytes` of `memory`, which is handed over. */
export interface Look {
  readonly extension: FileExtension;
  readonly memory: ArrayBuffer;
  readonly bytes: number;
}

/** Errors lose their class on the way between threads: a refusal is told by its name. `memory` comes back. */
export type Verdict = { readonly memory: ArrayBuffer } & (
  | { readonly sha256: string }
  | { readonly refusal: string; readonly details: DomainError['details'] }
  | { readonly failure: unknown }
);

/** Program of the threads of `InspectionThreads`: one look after the other, each answered by one verdict. */
parentPort?.on('message', (look: Look) => void answer(look));

async function answer({ extension, memory, bytes }: Look): Promise<void> {
  const finding = await find(extension, Buffer.from(memory, 0, bytes));
  const verdict: Verdict = { ...finding, memory };
  parentPort?.postMessage(verdict, [memory]);
}

async function find(extension: FileExtension, bytes: Buffer) {
  try {
    return { sha256: await inspectBytes(extension, bytes) };
  } catch (error) {
    if (!(error instanceof DomainError)) return { failure: error };
    return { refusal: error.name, details: error.details };
  }
}
