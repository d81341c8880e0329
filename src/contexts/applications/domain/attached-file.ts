import { type FileSnapshot } from './answer-snapshot.js';

/** A file that came with an answer, a notice or a decision, as it was at that moment. The bytes stay with the documents. */
export type AttachedFile = Omit<FileSnapshot, 'field'> & {
  /** Of a detached signature: id of the file beside it that it signs. */
  readonly signs?: string;
};

/** A paper of an authority: the file and, where there is one, its detached signature. */
export interface Paper {
  readonly file: AttachedFile;
  readonly signature: AttachedFile | null;
}

/** The files of a paper as one line of history carries them. */
export const filesOfPaper = ({ file, signature }: Paper): readonly AttachedFile[] =>
  signature ? [file, { ...signature, signs: file.fileId }] : [file];
