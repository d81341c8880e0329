import { Query } from '@nestjs/cqrs';
import { type AttachedFile } from '../domain/attached-file.js';
import { type ApplicationRecord } from './application-record.js';

/** Who asks: the citizen sees their own applications, an authority those that were sent to it. */
export type Reader = { readonly applicantId: string } | { readonly authorityCode: string };

/** One application. Throws ApplicationNotFound when there is none that the reader may see. */
export class ApplicationDetailsQuery extends Query<ApplicationRecord> {
  constructor(
    readonly applicationId: string,
    readonly reader: Reader,
  ) {
    super();
  }
}

/** A file of the application, of an answer or of the decision. Throws ApplicationNotFound when the reader may see none of that id. */
export class ApplicationFileQuery extends Query<AttachedFile> {
  constructor(
    readonly applicationId: string,
    readonly fileId: string,
    readonly reader: Reader,
  ) {
    super();
  }
}
