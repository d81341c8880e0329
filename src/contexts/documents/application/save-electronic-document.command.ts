import { Command } from '@nestjs/cqrs';

/** «Сохранить» in the history of an application: keeps a notice or decision in the cabinet. Repeating it changes nothing. */
export class SaveElectronicDocument extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly document: {
      /** Names the paper among all papers of all applications: the same one is kept once. */
      readonly sourceId: string;
      readonly applicationId: string;
      /** NOTICE: said on the way; DECISION: the end of the application. */
      readonly kind: 'NOTICE' | 'DECISION';
      readonly title: string;
      readonly issuer: string;
      /** Registration number of the application. */
      readonly number: string;
      /** ISO instant. */
      readonly issuedAt: string;
      readonly fileId: string;
      /** Its detached signature, where there is one. */
      readonly signatureFileId: string | null;
    },
  ) {
    super();
  }
}
