import { DomainEvent } from '../../../kernel/domain-event.js';

/** A virus was found in a file that had been taken before it could be scanned: its bytes are erased, its record stays and says so. */
export class FileFoundInfected extends DomainEvent {
  static override readonly type = 'documents.file-found-infected.v1';
  constructor(
    readonly fileId: string,
    readonly ownerId: string,
  ) {
    super();
  }
}
