import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { AddPersonalDocumentHandler } from './application/add-personal-document.js';
import { AttachFilesHandler, DetachFileHandler } from './application/attach-files.js';
import { ChangePersonalDocumentHandler } from './application/change-personal-document.js';
import { HoldFilesHandler, ReleaseFilesHandler } from './application/hold-files.js';
import { ContentInspector } from './application/ports/content-inspector.js';
import { FileStorage } from './application/ports/file-storage.js';
import { NumberFingerprints } from './application/ports/number-fingerprints.js';
import { VirusScanner } from './application/ports/virus-scanner.js';
import {
  RemovePersonalDocumentHandler,
  RestorePersonalDocumentHandler,
} from './application/remove-personal-document.js';
import { SaveElectronicDocumentHandler } from './application/save-electronic-document.js';
import { StoreFileHandler } from './application/store-file.js';
import { SweepFilesHandler } from './application/sweep-files.js';
import { ElectronicDocumentRepository } from './domain/electronic-document.repository.js';
import { PersonalDocumentRepository } from './domain/personal-document.repository.js';
import { StoredFileRepository } from './domain/stored-file.repository.js';
import { AbsentVirusScanner, ClamdVirusScanner } from './infrastructure/clamd-virus-scanner.js';
import { FileTypeContentInspector } from './infrastructure/content/file-type-content-inspector.js';
import { EncryptedFileStorage } from './infrastructure/encrypted-file-storage.js';
import { FileSystemFileStorage } from './infrastructure/file-system-file-storage.js';
import {
  CabinetFileQueryHandler,
  ElectronicDocumentsQueryHandler,
  FileContentQueryHandler,
  StoredFilesQueryHandler,
} from './infrastructure/files.query-handlers.js';
import { KeyRingNumberFingerprints } from './infrastructure/key-ring-number-fingerprints.js';
import { MikroOrmElectronicDocumentRepository } from './infrastructure/mikro-orm-electronic-document.repository.js';
import { MikroOrmPersonalDocumentRepository } from './infrastructure/mikro-orm-personal-document.repository.js';
import { MikroOrmStoredFileRepository } from './infrastructure/mikro-orm-stored-file.repository.js';
import {
  AttachableFilesQueryHandler,
  DocumentRequisitesQueryHandler,
  PersonalDocumentQueryHandler,
  PersonalDocumentsQueryHandler,
} from './infrastructure/personal-documents.query-handlers.js';
import { SweepFilesJob } from './infrastructure/sweep-files.job.js';
import { DocumentController } from './web/document/document.controller.js';
import { AddDocumentController } from './web/add/add-document.controller.js';
import { DocumentsController } from './web/list/documents.controller.js';
import { EditDocumentController } from './web/edit/edit-document.controller.js';
import { FilePreviewController } from './web/files/file-preview.controller.js';
import { FilesController } from './web/files/files.controller.js';

export { documentsMappings } from './infrastructure/documents.mappings.js';

@Module({
  controllers: [
    AddDocumentController,
    DocumentsController,
    EditDocumentController,
    DocumentController,
    FilesController,
    FilePreviewController,
  ],
  providers: [
    AddPersonalDocumentHandler,
    ChangePersonalDocumentHandler,
    RemovePersonalDocumentHandler,
    RestorePersonalDocumentHandler,
    AttachFilesHandler,
    DetachFileHandler,
    SaveElectronicDocumentHandler,
    StoreFileHandler,
    HoldFilesHandler,
    ReleaseFilesHandler,
    SweepFilesHandler,

    PersonalDocumentsQueryHandler,
    PersonalDocumentQueryHandler,
    ElectronicDocumentsQueryHandler,
    CabinetFileQueryHandler,
    AttachableFilesQueryHandler,
    DocumentRequisitesQueryHandler,
    StoredFilesQueryHandler,
    FileContentQueryHandler,

    { provide: PersonalDocumentRepository, useClass: MikroOrmPersonalDocumentRepository },
    { provide: ElectronicDocumentRepository, useClass: MikroOrmElectronicDocumentRepository },
    { provide: StoredFileRepository, useClass: MikroOrmStoredFileRepository },
    { provide: NumberFingerprints, useClass: KeyRingNumberFingerprints },
    { provide: ContentInspector, useClass: FileTypeContentInspector },
    {
      provide: FileStorage,
      inject: [Config, KeyRing],
      useFactory: (config: Config, keyRing: KeyRing) =>
        new EncryptedFileStorage(new FileSystemFileStorage(join(config.dataDir, 'files')), keyRing),
    },
    {
      provide: VirusScanner,
      inject: [Config],
      useFactory: ({ clamavUrl }: Config) => (clamavUrl ? new ClamdVirusScanner(clamavUrl) : new AbsentVirusScanner()),
    },
    SweepFilesJob,
  ],
})
export class DocumentsModule {}
