import { Command } from '@nestjs/cqrs';

/** Why the full number of a document was shown: to read it, or to edit it. */
export type RevealPurpose = 'VIEW' | 'EDIT';

/** Notes that the full requisites of a document are shown to its owner now; show them only after it. Throws DocumentNotFound. */
export class RevealRequisites extends Command<void> {
  constructor(
    readonly ownerId: string,
    readonly documentId: string,
    readonly purpose: RevealPurpose,
  ) {
    super();
  }
}
