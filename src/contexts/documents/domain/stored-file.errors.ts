import { DomainError, type RefusalKind } from '../../../kernel/domain-error.js';

/** An upload that is not taken; nothing of it is stored. */
abstract class UploadRefused extends DomainError {
  readonly kind: RefusalKind = 'invalid';
}

/** The name holds characters no file name has. */
export class UnreadableFileName extends UploadRefused {
  override readonly kind = 'malformed';
  readonly code = 'documents.unreadable-file-name';
}

/** Not one of the ten extensions, or not one the form takes. */
export class ExtensionNotAllowed extends UploadRefused {
  override readonly kind = 'unsupported';
  readonly code = 'documents.extension-not-allowed';

  constructor(extension: string) {
    super({ extension });
  }
}

/** More bytes than a file may have. */
export class FileTooLarge extends UploadRefused {
  override readonly kind = 'too-large';
  readonly code = 'documents.file-too-large';

  constructor(maxBytes: number) {
    super({ maxBytes });
  }
}

export class EmptyFile extends UploadRefused {
  readonly code = 'documents.empty-file';
}

/** The content is not what the extension promises, or the file is damaged. */
export class ContentMismatch extends UploadRefused {
  override readonly kind = 'unsupported';
  readonly code = 'documents.content-mismatch';

  constructor(extension: string) {
    super({ extension });
  }
}

/** A document with macros: programs that run when it is opened. */
export class MacroNotAllowed extends UploadRefused {
  readonly code = 'documents.macro-not-allowed';
}

/** A document with scripts, launched programs, embedded objects or parts fetched from elsewhere. */
export class ActiveContent extends UploadRefused {
  readonly code = 'documents.active-content';
}

/** Protected by a password: nobody at the authority could open it. */
export class EncryptedFile extends UploadRefused {
  readonly code = 'documents.encrypted-file';
}

/** A picture of more pixels or pages than can be opened safely. */
export class ImageTooLarge extends UploadRefused {
  readonly code = 'documents.image-too-large';
}

/** The packed content is out of proportion: too many parts, too much packed, archives inside. */
export class SuspiciousArchive extends UploadRefused {
  readonly code = 'documents.suspicious-archive';
}

/** The virus scanner found something in what is being uploaded. */
export class InfectedFile extends UploadRefused {
  readonly code = 'documents.infected-file';
}

/** The owner's files together would pass their limit. */
export class QuotaExceeded extends UploadRefused {
  readonly code = 'documents.quota-exceeded';
}

/** A file in quarantine: it waits for the virus scanner, and until then nobody may read or send it. */
export class FileInQuarantine extends DomainError {
  readonly code = 'documents.file-in-quarantine';
  readonly kind = 'conflict';
}

/** A virus was found in a stored file; its bytes are erased. */
export class FileInfected extends DomainError {
  readonly code = 'documents.file-infected';
  readonly kind = 'not-found';
}

/** The virus scanner is set up and does not answer, and the upload could not wait for it. */
export class ScannerUnavailable extends DomainError {
  readonly code = 'documents.scanner-unavailable';
  readonly kind = 'unavailable';
}

/** The storage of files does not answer, or has no room; what is stored stays stored. */
export class StorageUnavailable extends DomainError {
  readonly code = 'documents.storage-unavailable';
  readonly kind = 'unavailable';

  /** `cause` is for the log: what the storage said. */
  constructor(cause: unknown) {
    super();
    this.cause = cause;
  }
}

/** No such file, or it is not this person's. */
export class FileNotFound extends DomainError {
  readonly code = 'documents.file-not-found';
  readonly kind = 'not-found';
}
