export { DocumentExpires, type ExpiryStep } from './domain/personal-document.events.js';
export { FileFoundInfected } from './domain/stored-file.events.js';
export {
  AttachableFilesQuery,
  type AttachableFile,
  type StoredFileInfo,
} from './application/attachable-files.query.js';
export { FileContentQuery, StoredFilesQuery } from './application/stored-files.query.js';
export { HoldFiles, ReleaseFiles, StoreFile } from './application/store-file.command.js';
export { SaveElectronicDocument } from './application/save-electronic-document.command.js';
export { DocumentRequisitesQuery, type DocumentRequisites } from './application/document-requisites.query.js';
export { SavedDocumentsQuery, type SavedDocument } from './application/saved-documents.query.js';
export { CabinetChoiceQuery, type OfferedDocument, type Unfitness } from './application/cabinet-choice.query.js';
