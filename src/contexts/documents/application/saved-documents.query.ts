import { Query } from '@nestjs/cqrs';

/** What the citizen has saved of an application; removed documents are left out. */
export class SavedDocumentsQuery extends Query<readonly SavedDocument[]> {
  constructor(
    readonly accountId: string,
    readonly applicationId: string,
  ) {
    super();
  }
}

export interface SavedDocument {
  readonly documentId: string;
  readonly fileId: string;
  readonly savedAt: Date;
}
