import { type MultipartFile } from '@fastify/multipart';
import { type CommandBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { DomainError } from '../../../kernel/domain-error.js';
import { type Messages } from '../../../platform/views/messages.js';
import { type StoredFileInfo } from '../application/attachable-files.query.js';
import { StoreFile } from '../application/store-file.command.js';

/** What came with a multipart form: its fields (a repeated one is a list), the files taken and the sentences about those refused. */
export interface Upload {
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly files: readonly StoredFileInfo[];
  readonly refusals: readonly string[];
}

const MAX_SHOWN_NAME = 80;

/** Stores every file as it streams in; one that is refused does not stop the others. */
export async function readUpload(
  request: FastifyRequest,
  ownerId: string,
  commands: CommandBus,
  messages: Messages,
): Promise<Upload> {
  const fields: Record<string, string | string[]> = {};
  const files: StoredFileInfo[] = [];
  const refusals: string[] = [];
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      const before = fields[part.fieldname];
      const value = String(part.value);
      fields[part.fieldname] = before === undefined ? value : [before, value].flat();
    } else if (!part.filename) {
      part.file.resume(); // an empty file field
    } else {
      try {
        files.push(await storePart(part, ownerId, commands));
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
        refusals.push(`«${part.filename.slice(0, MAX_SHOWN_NAME)}»: ${messages.text(error.code, error.details)}`);
      }
    }
  }
  return { fields, files, refusals };
}

/** The parts of the body; a file longer than the limit ends early instead of failing, so that the domain refuses it. */
export const partsOf = (request: FastifyRequest) =>
  request.parts({ throwFileSizeLimit: false } as Parameters<FastifyRequest['parts']>[0]);

/** Stores one file. What a refusal leaves unread is read away, or the rest of the body would never arrive. */
export async function storePart(
  part: MultipartFile,
  ownerId: string,
  commands: CommandBus,
  allowedExtensions?: readonly string[],
): Promise<StoredFileInfo> {
  const content = part.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  try {
    return await commands.execute(new StoreFile(ownerId, part.filename, content, allowedExtensions));
  } finally {
    part.file.resume();
  }
}

const REQUISITE_FIELD = /^requisites\[(\w+)\]$/;

/** `requisites[series]` → `series`. */
export const requisitesIn = (fields: Upload['fields']): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const code = REQUISITE_FIELD.exec(name)?.[1];
      return code ? [[code, value]] : [];
    }),
  );

export const listIn = (fields: Upload['fields'], name: string): string[] => [fields[name] ?? []].flat();
