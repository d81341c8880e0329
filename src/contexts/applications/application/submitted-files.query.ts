import { Query } from '@nestjs/cqrs';

/** Ids of the files that went out with an application; empty when there were none. */
export class SubmittedFilesQuery extends Query<readonly string[]> {
  constructor(readonly applicationId: string) {
    super();
  }
}
