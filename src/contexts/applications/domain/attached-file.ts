import { type FileSnapshot } from './answer-snapshot.js';

/** A file that came with an answer or a decision, as it was at that moment. The bytes stay with the documents. */
export type AttachedFile = Omit<FileSnapshot, 'field'>;
