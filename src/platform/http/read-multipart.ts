import { type FastifyRequest } from 'fastify';
import { BodyTooLarge } from './http.errors.js';

/** A file on its way in. What is not read of `content` is thrown away. */
export interface UploadedPart {
  /** Name of the form field. */
  readonly field: string;
  /** As the browser sent it: not to be trusted. */
  readonly fileName: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Room for several files and the words around them. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/**
 * Reads a multipart body: fields become the body that `readForm` takes (repeated ones a list), each chosen file goes to `take` as it
 * arrives, an empty file input to nobody. A refusal thrown by `take` is handed to `refused` and the reading goes on, so that the form can be
 * shown again with everything typed. Throws BodyTooLarge when the body promises more than a form may have; one that does not say how much it
 * brings is cut off there.
 */
export async function readMultipart(
  request: FastifyRequest,
  take: (part: UploadedPart) => Promise<void>,
  refused: (part: UploadedPart, refusal: unknown) => void,
): Promise<Record<string, string | string[]>> {
  limitBody(request);
  const fields = new Map<string, string[]>();
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
      continue;
    }
    if (part.filename) {
      // A stream destroyed half-way would end the reading of the whole body.
      const content = part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
      const upload = { field: part.fieldname, fileName: part.filename, content };
      try {
        await take(upload);
      } catch (refusal) {
        refused(upload, refusal);
      }
    }
    part.file.resume();
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

function limitBody({ raw, headers }: FastifyRequest): void {
  if (Number(headers['content-length']) > MAX_BODY_BYTES) throw new BodyTooLarge();
  let received = 0;
  raw.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > MAX_BODY_BYTES) raw.destroy();
  });
}

/** The first file of a multipart body, for uploads one by one; null when there is none. A refusal is thrown once the body is read to its end. */
export async function readOneFile<T>(request: FastifyRequest, take: (part: UploadedPart) => Promise<T>): Promise<T | null> {
  let taken: T | null = null;
  const refusals: unknown[] = [];
  const first = async (part: UploadedPart) => void (taken ??= await take(part));
  await readMultipart(request, first, (_, refusal) => void refusals.push(refusal));
  if (refusals.length > 0) throw refusals[0];
  return taken;
}
