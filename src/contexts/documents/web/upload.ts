import { type CommandBus } from '@nestjs/cqrs';
import { type FastifyRequest } from 'fastify';
import { DomainError } from '../../../kernel/domain-error.js';
import { readMultipart } from '../../../platform/http/read-multipart.js';
import { statusOfRefusals } from '../../../platform/http/refusal-status.js';
import { type Messages } from '../../../platform/views/messages.js';
import { type StoredFileInfo } from '../application/attachable-files.query.js';
import { StoreFile } from '../application/store-file.command.js';

type Fields = Readonly<Record<string, string | string[]>>;

/** What came with a multipart form: its fields (a repeated one is a list), the files taken and the sentences about those refused. */
export interface Upload {
  readonly fields: Fields;
  readonly files: readonly StoredFileInfo[];
  readonly refusals: readonly string[];
  /** With which the form comes back when something was refused. */
  readonly status: number;
}

const MAX_SHOWN_NAME = 80;

/**
 * Stores every file as it streams in; one that is refused does not stop the others, and none waits for the virus scanner. Throws when
 * nothing can be stored at all.
 */
export async function readUpload(
  request: FastifyRequest,
  ownerId: string,
  commands: CommandBus,
  messages: Messages,
): Promise<Upload> {
  const files: StoredFileInfo[] = [];
  const refused: DomainError[] = [];
  const refusals: string[] = [];
  const fields = await readMultipart(
    request,
    async ({ fileName, content }) => {
      files.push(await commands.execute(new StoreFile(ownerId, fileName, content, undefined, 'QUARANTINE')));
    },
    ({ fileName }, refusal) => {
      if (!(refusal instanceof DomainError) || refusal.kind === 'unavailable') throw refusal;
      refused.push(refusal);
      refusals.push(`«${fileName.slice(0, MAX_SHOWN_NAME)}»: ${messages.text(refusal.code, refusal.details)}`);
    },
  );
  return { fields, files, refusals, status: statusOfRefusals(refused) };
}

const REQUISITE_FIELD = /^requisites\[(\w+)\]$/;

/** `requisites[series]` → `series`. */
export const requisitesIn = (fields: Fields): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const code = REQUISITE_FIELD.exec(name)?.[1];
      return code ? [[code, value]] : [];
    }),
  );

export const listIn = (fields: Fields, name: string): string[] => [fields[name] ?? []].flat();
