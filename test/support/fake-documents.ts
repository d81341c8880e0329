import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Provider } from '@nestjs/common';
import { type Command, type CommandBus, CommandHandler, type Query, type QueryBus, QueryHandler } from '@nestjs/cqrs';
import { EmptyFile, ExtensionNotAllowed, FileInQuarantine, FileTooLarge } from '../../src/contexts/documents/domain/stored-file.errors.js';
import {
  AttachableFilesQuery,
  CabinetChoiceQuery,
  FileContentQuery,
  HoldFiles,
  ReleaseFiles,
  SavedDocumentsQuery,
  SaveElectronicDocument,
  type StoredFileInfo,
  StoredFilesQuery,
  StoreFile,
} from '../../src/contexts/documents/public.js';

const MAX_BYTES = 3 * 1024 * 1024;

/** The documents context as its neighbours see it, kept in memory. Looks at sizes, not at contents. */
export class FakeDocuments {
  readonly held: { readonly holder: string; readonly fileIds: readonly string[] }[] = [];
  readonly kept: SaveElectronicDocument[] = [];
  /** The virus scanner has not looked at anything yet. */
  unchecked = false;
  private readonly files = new Map<string, { readonly ownerId: string; readonly info: StoredFileInfo; readonly content: Buffer }>();

  put(ownerId: string, name: string, content: Buffer = Buffer.from('%PDF-1.7')): StoredFileInfo {
    const info: StoredFileInfo = { fileId: randomUUID(), name, extension: name.split('.').at(-1)!, mediaType: 'application/pdf', bytes: content.length, sha256: 'cd'.repeat(32), scan: 'CLEAN' };
    this.files.set(info.fileId, { ownerId, info, content });
    return info;
  }

  namesOf(ownerId: string): string[] {
    return [...this.files.values()].filter((file) => file.ownerId === ownerId).map(({ info }) => info.name);
  }

  async answer(message: Query<unknown> | Command<unknown>): Promise<unknown> {
    if (message instanceof StoredFilesQuery) return this.filesOf(message.ownerId).filter(({ fileId }) => message.fileIds.includes(fileId));
    if (message instanceof AttachableFilesQuery)
      return this.filesOf(message.accountId).map((info) => ({ ...info, documentTitle: 'Справка', documentKind: null, signatureFileId: null }));
    if (message instanceof CabinetChoiceQuery)
      return this.filesOf(message.accountId).map((info) => ({
        ...{ documentId: info.fileId, kindCode: null, title: 'Справка', number: '•••• 456', childId: null, expiresOn: null, unfit: null },
        files: [info],
      }));
    if (message instanceof FileContentQuery) return this.contentOf(message.fileId);
    if (message instanceof SavedDocumentsQuery)
      return this.kept
        .filter(({ accountId, document }) => accountId === message.accountId && document.applicationId === message.applicationId)
        .map(({ document }) => ({ documentId: document.sourceId, fileId: document.fileId, savedAt: new Date('2027-04-01T12:00:00+03:00') }));
    if (message instanceof StoreFile) return this.store(message);
    if (message instanceof HoldFiles && this.unchecked) throw new FileInQuarantine();
    if (message instanceof HoldFiles) return void this.held.push({ holder: message.holder, fileIds: message.fileIds });
    if (message instanceof ReleaseFiles) return void this.held.splice(0, this.held.length, ...this.held.filter(({ holder }) => holder !== message.holder));
    if (message instanceof SaveElectronicDocument) return void this.kept.push(message);
    throw new TypeError(`Nobody answers ${message.constructor.name}`);
  }

  get queries(): QueryBus {
    return { execute: (query: Query<unknown>) => this.answer(query) } as unknown as QueryBus;
  }

  get commands(): CommandBus {
    return { execute: (command: Command<unknown>) => this.answer(command) } as unknown as CommandBus;
  }

  /** For `testApp`: the same answers on the real buses. */
  get providers(): Provider[] {
    return [{ provide: FakeDocuments, useValue: this }, ...HANDLERS];
  }

  private filesOf(ownerId: string): StoredFileInfo[] {
    return [...this.files.values()].filter((file) => file.ownerId === ownerId).map(({ info }) => info);
  }

  private contentOf(fileId: string) {
    const file = this.files.get(fileId);
    return file ? { info: file.info, content: Readable.from([file.content]) } : null;
  }

  private async store({ ownerId, fileName, content, allowedExtensions }: StoreFile): Promise<StoredFileInfo> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of content) {
      chunks.push(chunk);
      if ((bytes += chunk.length) > MAX_BYTES) throw new FileTooLarge(MAX_BYTES);
    }
    if (bytes === 0) throw new EmptyFile();
    const extension = fileName.split('.').at(-1)!;
    if (allowedExtensions && !allowedExtensions.includes(extension)) throw new ExtensionNotAllowed(extension);
    return this.put(ownerId, fileName, Buffer.concat(chunks));
  }
}

const HANDLERS = [
  ...[StoredFilesQuery, AttachableFilesQuery, CabinetChoiceQuery, FileContentQuery, SavedDocumentsQuery].map((query) => {
    @QueryHandler(query)
    class Answer {
      constructor(private readonly documents: FakeDocuments) {}
      execute(message: Query<unknown>) {
        return this.documents.answer(message);
      }
    }
    return Answer;
  }),
  ...[StoreFile, HoldFiles, ReleaseFiles, SaveElectronicDocument].map((command) => {
    @CommandHandler(command)
    class Obey {
      constructor(private readonly documents: FakeDocuments) {}
      execute(message: Command<unknown>) {
        return this.documents.answer(message);
      }
    }
    return Obey;
  }),
];
