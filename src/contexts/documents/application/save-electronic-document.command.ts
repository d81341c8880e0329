import { Command } from '@nestjs/cqrs';

/** «Сохранить» in the history of an application: keeps a notice or decision in the cabinet. Repeating it changes nothing. */
export class SaveElectronicDocument extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly document: {
      /** Id of the decision in the application: the same one is kept once. */
      readonly sourceId: string;
      readonly applicationId: string;
      readonly title: string;
      readonly issuer: string;
      /** Registration number of the application. */
      readonly number: string;
      /** ISO instant. */
      readonly issuedAt: string;
      readonly fileId: string;
    },
  ) {
    super();
  }
}
