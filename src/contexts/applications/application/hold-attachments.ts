import { type CommandBus, type QueryBus } from '@nestjs/cqrs';
import { HoldFiles, StoredFilesQuery } from '../../documents/public.js';
import { type AttachedFile } from '../domain/attached-file.js';
import { AttachmentMissing } from '../domain/service-application.errors.js';

/**
 * Files of `ownerId` that are to stay with an application, held so that nothing removes them. Throws AttachmentMissing when one of them is
 * gone or someone else's.
 */
export const holdAttachments = async (
  queries: QueryBus,
  commands: CommandBus,
  applicationId: string,
  ownerId: string,
  fileIds: readonly string[],
): Promise<readonly AttachedFile[]> => {
  if (fileIds.length === 0) return [];
  const found = await queries.execute(new StoredFilesQuery(ownerId, fileIds));
  if (found.length !== fileIds.length) throw new AttachmentMissing();
  await commands.execute(new HoldFiles(`application:${applicationId}`, fileIds));
  return found.map(({ fileId, name, extension, mediaType, bytes, sha256 }) => ({
    fileId,
    name,
    extension,
    mediaType,
    bytes,
    sha256,
  }));
};

/** Under this name a draft holds the files attached to it, until it is deleted. */
export const draftHolder = (draftId: string): string => `draft:${draftId}`;
