import { randomUUID } from 'node:crypto';
import { type Provider } from '@nestjs/common';
import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { MAX_FILE_BYTES } from '../../src/contexts/documents/domain/file-format.js';
import { ExtensionNotAllowed, FileTooLarge } from '../../src/contexts/documents/domain/stored-file.errors.js';
import {
  type AttachableFile,
  AttachableFilesQuery,
  CabinetChoiceQuery,
  DocumentRequisitesQuery,
  HoldFiles,
  type OfferedDocument,
  ReleaseFiles,
  SavedDocumentsQuery,
  StoredFilesQuery,
  StoreFile,
} from '../../src/contexts/documents/public.js';
import { type Applicant, ApplicantQuery } from '../../src/contexts/profile/public.js';
import { ApplicationsModule, applicationsMappings } from '../../src/contexts/applications/applications.module.js';
import { publishCatalogue } from '../../src/contexts/applications/infrastructure/publish-catalogue.js';
import { type AccountLevel } from '../../src/kernel/account-level.js';
import { PortalVisitor } from './portal-visitor.js';
import { type TestApp, testApp } from './test-app.js';

export { COMPLAINT_PAGES, SCHOOL_PAGES } from './typed-pages.js';

/** Maria as the profile knows her. Invented. */
export const MARIA: Applicant = {
  lastName: 'Невская',
  firstName: 'Мария',
  middleName: 'Петровна',
  birthDate: '1988-03-05',
  sex: 'F',
  snils: '11223344595',
  inn: '781000001239',
  mobile: '+79210000006',
  email: 'maria.nevskaya@example.ru',
  registrationAddress: 'Санкт-Петербург, Примерный проспект, д. 1, кв. 2',
  residenceAddress: null,
  children: [
    {
      id: 'child-peter',
      lastName: 'Невский',
      firstName: 'Пётр',
      middleName: null,
      birthDate: '2020-01-15',
      sex: 'M',
      snils: null,
      inn: null,
      oms: null,
      birthCertificate: { series: 'IV-АК', number: '000123', issueDate: '2020-02-01', issuedBy: 'Отдел ЗАГС Невского района' },
    },
    {
      id: 'child-anna',
      lastName: 'Невская',
      firstName: 'Анна',
      middleName: null,
      birthDate: '2022-09-02',
      sex: 'F',
      snils: '90000000182',
      inn: null,
      oms: null,
      birthCertificate: { series: 'IV-АК', number: '000124', issueDate: '2022-09-20', issuedBy: 'Отдел ЗАГС Невского района' },
    },
  ],
  vehicles: [{ id: 'vehicle-vesta', make: 'LADA Vesta', grz: 'А123ВС178', sts: '7812345678' }],
  organizations: [],
};

/** What profile and documents answer; a test changes it. */
export class Neighbours {
  applicant: Applicant | null = MARIA;
  files: AttachableFile[] = [];
  readonly held = new Map<string, readonly string[]>();

  addFile(name: string): AttachableFile {
    const extension = name.split('.').at(-1)!;
    const file: AttachableFile = {
      fileId: randomUUID(),
      name,
      extension,
      mediaType: extension === 'pdf' ? 'application/pdf' : 'image/jpeg',
      bytes: 1024,
      sha256: 'ab'.repeat(32),
      scan: 'CLEAN',
      documentTitle: 'Свидетельство о рождении',
      signatureFileId: null,
      documentKind: 'RF_BIRTH_CERTIFICATE',
    };
    this.files.push(file);
    return file;
  }
}

@QueryHandler(ApplicantQuery)
class KnownApplicant implements IQueryHandler<ApplicantQuery> {
  constructor(private readonly neighbours: Neighbours) {}
  execute() {
    return Promise.resolve(this.neighbours.applicant);
  }
}

@QueryHandler(DocumentRequisitesQuery)
class NoDocuments implements IQueryHandler<DocumentRequisitesQuery> {
  execute() {
    return Promise.resolve([]);
  }
}

@QueryHandler(StoredFilesQuery)
class KnownFiles implements IQueryHandler<StoredFilesQuery> {
  constructor(private readonly neighbours: Neighbours) {}
  execute({ fileIds }: StoredFilesQuery) {
    return Promise.resolve(this.neighbours.files.filter(({ fileId }) => fileIds.includes(fileId)));
  }
}

@QueryHandler(AttachableFilesQuery)
class FilesOfTheCabinet implements IQueryHandler<AttachableFilesQuery> {
  constructor(private readonly neighbours: Neighbours) {}
  execute({ filter }: AttachableFilesQuery) {
    return Promise.resolve(this.neighbours.files.filter(({ extension }) => filter.extensions?.includes(extension) ?? true));
  }
}

@QueryHandler(CabinetChoiceQuery)
class ChoiceOfTheCabinet implements IQueryHandler<CabinetChoiceQuery> {
  constructor(private readonly neighbours: Neighbours) {}
  execute({ filter }: CabinetChoiceQuery): Promise<OfferedDocument[]> {
    const files = this.neighbours.files.filter(({ extension }) => filter.extensions?.includes(extension) ?? true);
    const certificate = { documentId: 'certificate', kindCode: 'RF_BIRTH_CERTIFICATE', title: 'Свидетельство о рождении', number: '•••• 123' };
    return Promise.resolve(files.length > 0 ? [{ ...certificate, childId: 'child-peter', expiresOn: '2030-01-31', files, unfit: null }] : []);
  }
}

@QueryHandler(SavedDocumentsQuery)
class NothingSaved implements IQueryHandler<SavedDocumentsQuery> {
  execute() {
    return Promise.resolve([]);
  }
}

@CommandHandler(StoreFile)
class TakesFiles implements ICommandHandler<StoreFile> {
  constructor(private readonly neighbours: Neighbours) {}
  async execute({ fileName, content, allowedExtensions }: StoreFile) {
    let bytes = 0;
    for await (const chunk of content) bytes += chunk.byteLength;
    if (bytes > MAX_FILE_BYTES) throw new FileTooLarge(MAX_FILE_BYTES);
    const extension = fileName.split('.').at(-1)!;
    if (allowedExtensions && !allowedExtensions.includes(extension)) throw new ExtensionNotAllowed(extension);
    return this.neighbours.addFile(fileName);
  }
}

@CommandHandler(HoldFiles)
class HeldFiles implements ICommandHandler<HoldFiles> {
  constructor(private readonly neighbours: Neighbours) {}
  execute({ holder, fileIds }: HoldFiles) {
    this.neighbours.held.set(holder, fileIds);
    return Promise.resolve();
  }
}

@CommandHandler(ReleaseFiles)
class ReleasedFiles implements ICommandHandler<ReleaseFiles> {
  constructor(private readonly neighbours: Neighbours) {}
  execute({ holder }: ReleaseFiles) {
    this.neighbours.held.delete(holder);
    return Promise.resolve();
  }
}

export interface DraftsApp extends TestApp {
  readonly neighbours: Neighbours;
  /** A browser of the citizen. */
  asCitizen(accountId: string, level?: AccountLevel): PortalVisitor;
  /** A browser of somebody who has not signed in. */
  asStranger(): PortalVisitor;
}

/** The applications context with the sample catalogue, and neighbours that answer what a test tells them. */
export async function draftsApp(): Promise<DraftsApp> {
  const neighbours = new Neighbours();
  const providers: Provider[] = [{ provide: Neighbours, useValue: neighbours }, KnownApplicant, NoDocuments, KnownFiles, FilesOfTheCabinet, ChoiceOfTheCabinet, NothingSaved, TakesFiles, HeldFiles, ReleasedFiles];
  const app = await testApp({ modules: [ApplicationsModule], mappings: applicationsMappings, providers });
  await publishCatalogue(app.sql.pool);
  return Object.assign(app, {
    neighbours,
    asCitizen: (accountId: string, level: AccountLevel = 'CONFIRMED') => {
      app.principals.citizen = { accountId, sessionId: 's', level, displayName: 'Мария Петровна Н.', oid: '1' };
      return new PortalVisitor(app.nest);
    },
    asStranger: () => {
      app.principals.citizen = null;
      return new PortalVisitor(app.nest);
    },
  });
}
