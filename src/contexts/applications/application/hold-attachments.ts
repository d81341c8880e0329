import { type CommandBus, type QueryBus } from '@nestjs/cqrs';
import { HoldFiles, StoredFilesQuery } from '../../documents/public.js';
import { type AttachedFile, type Paper } from '../domain/attached-file.js';
import { AttachmentMissing, UnfitSignature } from '../domain/service-application.errors.js';
import { type OpenCase } from './open-case.js';

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

/** What a clerk uploaded as a paper: ids of the file and of its detached signature. */
export interface UploadedPaper {
  readonly fileId: string | null;
  readonly signatureFileId: string | null;
}

/** The paper of a clerk, held; null without a file. Throws AttachmentMissing, UnfitSignature. */
export const holdPaper = async (
  queries: QueryBus,
  commands: CommandBus,
  on: OpenCase,
  { fileId, signatureFileId }: UploadedPaper,
): Promise<Paper | null> => {
  if (!fileId) {
    if (signatureFileId) throw new UnfitSignature();
    return null;
  }
  const fileIds = signatureFileId ? [fileId, signatureFileId] : [fileId];
  const [file, signature = null] = await holdAttachments(queries, commands, on.applicationId, on.clerk.staffId, fileIds);
  if (signature && signature.extension !== 'sig') throw new UnfitSignature();
  return file ? { file, signature } : null;
};

/** Under this name a draft holds the files attached to it, until it is deleted. */
export const draftHolder = (draftId: string): string => `draft:${draftId}`;
