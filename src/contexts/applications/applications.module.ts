import { Module } from '@nestjs/common';
import { CaseController } from './admin/case/case.controller.js';
import { QueueController } from './admin/queue/queue.controller.js';
import { AcceptApplicationHandler } from './application/accept-application.js';
import { AllowRepeatOfFruitless } from './application/allow-repeat-of-fruitless.js';
import { AnswerRequestHandler } from './application/answer-request.js';
import { AttachFilesHandler } from './application/attach-files.js';
import { ConfirmCancellationHandler } from './application/confirm-cancellation.js';
import { CopyDraftHandler } from './application/copy-draft.js';
import { DecideApplicationHandler } from './application/decide-application.js';
import { DeclineCancellationHandler } from './application/decline-cancellation.js';
import { DeleteDraftHandler } from './application/delete-draft.js';
import { DetachFileHandler } from './application/detach-file.js';
import { HandToAuthority } from './application/hand-to-authority.js';
import { HoldFilesOfSubmission } from './application/hold-files-of-submission.js';
import { KeepDocumentHandler } from './application/keep-document.js';
import { NoteCaseAccessHandler } from './application/note-case-access.js';
import { ServiceCatalogue } from './application/ports/service-catalogue.js';
import { Submissions } from './application/ports/submissions.js';
import { ReportProgressHandler } from './application/report-progress.js';
import { RequestInfoHandler } from './application/request-info.js';
import { SaveDraftHandler } from './application/save-draft.js';
import { StartDraftHandler } from './application/start-draft.js';
import { SubmitApplicationHandler } from './application/submit-application.js';
import { WithdrawApplicationHandler } from './application/withdraw-application.js';
import { DraftRepository } from './domain/draft.repository.js';
import { ServiceApplicationRepository } from './domain/service-application.repository.js';
import { ApplicationDetailsQueryHandler, ApplicationFileQueryHandler } from './infrastructure/application-details.query-handler.js';
import { ApplicationHistoryQueryHandler } from './infrastructure/application-history.query-handler.js';
import { ApplicationsAttentionQueryHandler } from './infrastructure/applications-attention.query-handler.js';
import { AttachTargetsQueryHandler } from './infrastructure/attach-targets.query-handler.js';
import { CaseQueueQueryHandler } from './infrastructure/case-queue.query-handler.js';
import { DraftMapping } from './infrastructure/draft.mapping.js';
import { DraftQueryHandler } from './infrastructure/draft.query-handler.js';
import { DraftsQueryHandler } from './infrastructure/drafts.query-handler.js';
import { MikroOrmDraftRepository } from './infrastructure/mikro-orm-draft.repository.js';
import { MikroOrmServiceApplicationRepository } from './infrastructure/mikro-orm-service-application.repository.js';
import { PostgresSubmissions } from './infrastructure/postgres-submissions.js';
import { PostgresServiceCatalogue } from './infrastructure/postgres-service-catalogue.js';
import { CaseActMapping, ServiceApplicationMapping, StatusEntryMapping } from './infrastructure/service-application.mapping.js';
import { ServiceQueryHandler, ServicesQueryHandler } from './infrastructure/services.query-handler.js';
import { SubmittedFilesQueryHandler } from './infrastructure/submitted-files.query-handler.js';
import { AttachController } from './web/attach/attach.controller.js';
import { ApplicationController } from './web/application/application.controller.js';
import { CatalogueController } from './web/catalogue/catalogue.controller.js';
import { CheckController } from './web/draft/check.controller.js';
import { DeleteDraftController } from './web/draft/delete.controller.js';
import { FilesController } from './web/draft/files.controller.js';
import { StepController } from './web/draft/step.controller.js';
import { DraftsController } from './web/drafts/drafts.controller.js';
import { HistoryController } from './web/history/history.controller.js';
import { HomeController } from './web/home/home.controller.js';
import { ServiceController } from './web/service/service.controller.js';

/** Tables of this context, for the root module. */
export const applicationsMappings = [DraftMapping, ServiceApplicationMapping, StatusEntryMapping, CaseActMapping];

@Module({
  controllers: [
    HomeController,
    CatalogueController,
    ServiceController,
    StepController,
    FilesController,
    CheckController,
    DeleteDraftController,
    DraftsController,
    HistoryController,
    AttachController,
    ApplicationController,
    QueueController,
    CaseController,
  ],
  providers: [
    { provide: ServiceCatalogue, useClass: PostgresServiceCatalogue },
    { provide: DraftRepository, useClass: MikroOrmDraftRepository },
    { provide: ServiceApplicationRepository, useClass: MikroOrmServiceApplicationRepository },
    { provide: Submissions, useClass: PostgresSubmissions },
    StartDraftHandler,
    SaveDraftHandler,
    CopyDraftHandler,
    DeleteDraftHandler,
    AttachFilesHandler,
    DetachFileHandler,
    SubmitApplicationHandler,
    HoldFilesOfSubmission,
    AllowRepeatOfFruitless,
    ApplicationsAttentionQueryHandler,
    SubmittedFilesQueryHandler,
    ServicesQueryHandler,
    ServiceQueryHandler,
    DraftQueryHandler,
    DraftsQueryHandler,
    AttachTargetsQueryHandler,
    HandToAuthority,
    AcceptApplicationHandler,
    ReportProgressHandler,
    RequestInfoHandler,
    AnswerRequestHandler,
    DecideApplicationHandler,
    WithdrawApplicationHandler,
    ConfirmCancellationHandler,
    DeclineCancellationHandler,
    KeepDocumentHandler,
    NoteCaseAccessHandler,
    ApplicationHistoryQueryHandler,
    ApplicationDetailsQueryHandler,
    ApplicationFileQueryHandler,
    CaseQueueQueryHandler,
  ],
})
export class ApplicationsModule {}
