import { Command, CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { SaveElectronicDocument } from '../../documents/public.js';
import { isFinal } from '../domain/application-transitions.js';
import { ApplicationNotFound } from '../domain/service-application.errors.js';
import { ApplicationDetailsQuery } from './application-details.query.js';

/**
 * «Сохранить»: keeps a notice or the decision, with its signature, among the electronic documents of the cabinet. Repeating it changes
 * nothing. Throws ApplicationNotFound when no paper of the authority has that file.
 */
export class KeepDocument extends Command<void> {
  constructor(
    readonly applicationId: string,
    readonly applicantId: string,
    readonly fileId: string,
  ) {
    super();
  }
}

@CommandHandler(KeepDocument)
export class KeepDocumentHandler implements ICommandHandler<KeepDocument> {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async execute({ applicationId, applicantId, fileId }: KeepDocument): Promise<void> {
    const record = await this.queries.execute(new ApplicationDetailsQuery(applicationId, { applicantId }));
    const entry = record.history.find(
      ({ actor, attachments }) => actor === 'AUTHORITY' && attachments.some((file) => file.fileId === fileId && !file.signs),
    );
    if (!entry) throw new ApplicationNotFound();
    await this.commands.execute(
      new SaveElectronicDocument(applicantId, {
        sourceId: `${applicationId}:${fileId}`,
        applicationId,
        kind: isFinal(entry.status) ? 'DECISION' : 'NOTICE',
        title: record.serviceTitle,
        issuer: record.authorityTitle,
        number: record.registrationNumber,
        issuedAt: entry.at.toISOString(),
        fileId,
        signatureFileId: entry.attachments.find(({ signs }) => signs === fileId)?.fileId ?? null,
      }),
    );
  }
}
