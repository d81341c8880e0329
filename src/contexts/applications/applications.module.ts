import { Module } from '@nestjs/common';
import { AllowRepeatOfFruitless } from './application/allow-repeat-of-fruitless.js';
import { AttachFilesHandler } from './application/attach-files.js';
import { CopyDraftHandler } from './application/copy-draft.js';
import { DeleteDraftHandler } from './application/delete-draft.js';
import { DetachFileHandler } from './application/detach-file.js';
import { HoldFilesOfSubmission } from './application/hold-files-of-submission.js';
import { ServiceCatalogue } from './application/ports/service-catalogue.js';
import { Submissions } from './application/ports/submissions.js';
import { SaveDraftHandler } from './application/save-draft.js';
import { StartDraftHandler } from './application/start-draft.js';
import { SubmitApplicationHandler } from './application/submit-application.js';
import { DraftRepository } from './domain/draft.repository.js';
import { ServiceApplicationRepository } from './domain/service-application.repository.js';
import { ApplicationsAttentionQueryHandler } from './infrastructure/applications-attention.query-handler.js';
import { DraftMapping } from './infrastructure/draft.mapping.js';
import { MikroOrmDraftRepository } from './infrastructure/mikro-orm-draft.repository.js';
import { MikroOrmServiceApplicationRepository } from './infrastructure/mikro-orm-service-application.repository.js';
import { MikroOrmSubmissions } from './infrastructure/mikro-orm-submissions.js';
import { PostgresServiceCatalogue } from './infrastructure/postgres-service-catalogue.js';
import { CaseActMapping, ServiceApplicationMapping, StatusEntryMapping } from './infrastructure/service-application.mapping.js';
import { SubmittedFilesQueryHandler } from './infrastructure/submitted-files.query-handler.js';

/** Tables of this context, for the root module. */
export const applicationsMappings = [DraftMapping, ServiceApplicationMapping, StatusEntryMapping, CaseActMapping];

@Module({
  providers: [
    { provide: ServiceCatalogue, useClass: PostgresServiceCatalogue },
    { provide: DraftRepository, useClass: MikroOrmDraftRepository },
    { provide: ServiceApplicationRepository, useClass: MikroOrmServiceApplicationRepository },
    { provide: Submissions, useClass: MikroOrmSubmissions },
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
  ],
})
export class ApplicationsModule {}
