import { Module } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../../platform/config/config.js';
import { KeyRing } from '../../platform/security/key-ring.js';
import { DocumentKindsApiController } from './api/document-kinds.controller.js';
import { DocumentsApiController } from './api/documents.controller.js';
import { FilesApiController } from './api/files.controller.js';
import { AddPersonalDocumentHandler } from './application/add-personal-document.js';
import { AttachFilesHandler, DetachFileHandler } from './application/attach-files.js';
import { ChangePersonalDocumentHandler } from './application/change-personal-document.js';
import { HoldFilesHandler, ReleaseFilesHandler } from './application/hold-files.js';
import { MirrorEsiaDocumentsHandler } from './application/mirror-esia-documents.js';
import { MirrorOnProfileRefreshed } from './application/mirror-on-profile-refreshed.js';
import { ContentInspector } from './application/ports/content-inspector.js';
import { EsiaDocuments } from './application/ports/esia-documents.js';
import { FileStorage } from './application/ports/file-storage.js';
import { NumberFingerprints } from './application/ports/number-fingerprints.js';
import { SignatureVerifier } from './application/ports/signature-verifier.js';
import { VirusScanner } from './application/ports/virus-scanner.js';
import {
  RemoveElectronicDocumentHandler,
  RestoreElectronicDocumentHandler,
} from './application/remove-electronic-document.js';
import {
  RemovePersonalDocumentHandler,
  RestorePersonalDocumentHandler,
} from './application/remove-personal-document.js';
import { RevealRequisitesHandler } from './application/reveal-requisites.js';
import { SaveElectronicDocumentHandler } from './application/save-electronic-document.js';
import { ScanFilesHandler } from './application/scan-files.js';
import { StoreFileHandler } from './application/store-file.js';
import { SweepFilesHandler } from './application/sweep-files.js';
import { TellOfExpiryHandler } from './application/tell-of-expiry.js';
import { AccessRecordRepository } from './domain/access-record.repository.js';
import { VerifySignaturesOfDocument } from './application/verify-signatures-of-document.js';
import { VerifySignaturesHandler } from './application/verify-signatures.js';
import { ElectronicDocumentRepository } from './domain/electronic-document.repository.js';
import { ExpiryNoticeRepository } from './domain/expiry-notice.repository.js';
import { PersonalDocumentRepository } from './domain/personal-document.repository.js';
import { SignatureCheckRepository } from './domain/signature-check.repository.js';
import { StoredFileRepository } from './domain/stored-file.repository.js';
import { CabinetChoiceQueryHandler } from './infrastructure/cabinet-choice.query-handler.js';
import { AbsentVirusScanner, ClamdVirusScanner } from './infrastructure/clamd-virus-scanner.js';
import { openContentInspector } from './infrastructure/content/inspection-threads.js';
import {
  ElectronicDocumentQueryHandler,
  ElectronicDocumentsQueryHandler,
  SavedDocumentsQueryHandler,
} from './infrastructure/electronic-documents.query-handlers.js';
import { openFileStorage } from './infrastructure/file-storages.js';
import {
  CabinetFileQueryHandler,
  FileContentQueryHandler,
  StoredFilesQueryHandler,
} from './infrastructure/files.query-handlers.js';
import { KeyRingNumberFingerprints } from './infrastructure/key-ring-number-fingerprints.js';
import { MikroOrmAccessRecordRepository } from './infrastructure/mikro-orm-access-record.repository.js';
import { MikroOrmElectronicDocumentRepository } from './infrastructure/mikro-orm-electronic-document.repository.js';
import { MikroOrmExpiryNoticeRepository } from './infrastructure/mikro-orm-expiry-notice.repository.js';
import { MikroOrmPersonalDocumentRepository } from './infrastructure/mikro-orm-personal-document.repository.js';
import { MikroOrmSignatureCheckRepository } from './infrastructure/mikro-orm-signature-check.repository.js';
import { MikroOrmStoredFileRepository } from './infrastructure/mikro-orm-stored-file.repository.js';
import {
  AttachableFilesQueryHandler,
  DocumentRequisitesQueryHandler,
} from './infrastructure/document-reuse.query-handlers.js';
import {
  PersonalDocumentQueryHandler,
  PersonalDocumentsQueryHandler,
} from './infrastructure/personal-documents.query-handlers.js';
import { ProfileEsiaDocuments } from './infrastructure/profile-esia-documents.js';
import { ScanFilesJob } from './infrastructure/scan-files.job.js';
import { openSignatureVerifier } from './infrastructure/signatures/open-signature-verifier.js';
import { SweepFilesJob } from './infrastructure/sweep-files.job.js';
import { VerifySignaturesJob } from './infrastructure/verify-signatures.job.js';
import { TellOfExpiryJob } from './infrastructure/tell-of-expiry.job.js';
import { DocumentController } from './web/document/document.controller.js';
import { AddDocumentController } from './web/add/add-document.controller.js';
import { DocumentsController } from './web/list/documents.controller.js';
import { ElectronicDocumentsController } from './web/electronic/electronic.controller.js';
import { EditDocumentController } from './web/edit/edit-document.controller.js';
import { FilePreviewController } from './web/files/file-preview.controller.js';
import { FilesController } from './web/files/files.controller.js';
import { SignaturesController } from './web/signatures/signatures.controller.js';

export { documentsMappings } from './infrastructure/documents.mappings.js';

@Module({
  controllers: [
    AddDocumentController,
    DocumentsController,
    EditDocumentController,
    ElectronicDocumentsController,
    DocumentController,
    FilesController,
    FilePreviewController,
    SignaturesController,
    DocumentKindsApiController,
    DocumentsApiController,
    FilesApiController,
  ],
  providers: [
    AddPersonalDocumentHandler,
    ChangePersonalDocumentHandler,
    RemovePersonalDocumentHandler,
    RestorePersonalDocumentHandler,
    RevealRequisitesHandler,
    MirrorEsiaDocumentsHandler,
    MirrorOnProfileRefreshed,
    TellOfExpiryHandler,
    AttachFilesHandler,
    DetachFileHandler,
    SaveElectronicDocumentHandler,
    RemoveElectronicDocumentHandler,
    RestoreElectronicDocumentHandler,
    StoreFileHandler,
    HoldFilesHandler,
    ReleaseFilesHandler,
    SweepFilesHandler,
    VerifySignaturesHandler,
    VerifySignaturesOfDocument,
    ScanFilesHandler,

    PersonalDocumentsQueryHandler,
    PersonalDocumentQueryHandler,
    ElectronicDocumentsQueryHandler,
    ElectronicDocumentQueryHandler,
    SavedDocumentsQueryHandler,
    CabinetFileQueryHandler,
    AttachableFilesQueryHandler,
    CabinetChoiceQueryHandler,
    DocumentRequisitesQueryHandler,
    StoredFilesQueryHandler,
    FileContentQueryHandler,

    { provide: PersonalDocumentRepository, useClass: MikroOrmPersonalDocumentRepository },
    { provide: AccessRecordRepository, useClass: MikroOrmAccessRecordRepository },
    { provide: ExpiryNoticeRepository, useClass: MikroOrmExpiryNoticeRepository },
    { provide: EsiaDocuments, useClass: ProfileEsiaDocuments },
    { provide: ElectronicDocumentRepository, useClass: MikroOrmElectronicDocumentRepository },
    { provide: StoredFileRepository, useClass: MikroOrmStoredFileRepository },
    { provide: SignatureCheckRepository, useClass: MikroOrmSignatureCheckRepository },
    { provide: NumberFingerprints, useClass: KeyRingNumberFingerprints },
    { provide: ContentInspector, useFactory: openContentInspector },
    {
      provide: FileStorage,
      inject: [Config, KeyRing],
      useFactory: openFileStorage,
    },
    {
      provide: VirusScanner,
      inject: [Config],
      useFactory: ({ clamavUrl }: Config) => (clamavUrl ? new ClamdVirusScanner(clamavUrl) : new AbsentVirusScanner()),
    },
    { provide: SignatureVerifier, inject: [Config, Clock], useFactory: openSignatureVerifier },
    SweepFilesJob,
    VerifySignaturesJob,
    ScanFilesJob,
    TellOfExpiryJob,
  ],
})
export class DocumentsModule {}
