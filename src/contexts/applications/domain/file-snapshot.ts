/** A file attached to an application or to one of its moves, as it was at that moment. The bytes stay with the documents. */
export interface AttachedFile {
  readonly fileId: string;
  readonly name: string;
  /** Without the dot, lower case. */
  readonly extension: string;
  readonly bytes: number;
  /** Hex; proves later that the bytes are the same. */
  readonly sha256: string;
}

/** A file sent with the application. */
export interface FileSnapshot extends AttachedFile {
  /** Field of the form it was attached to. */
  readonly fieldName: string;
}
