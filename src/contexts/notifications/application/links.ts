/** Where entries of the feed lead, and the names of things that messages are about. */
export const finePage = (fineId: string): string => `/fines/${fineId}`;
export const DOCUMENTS_PAGE = '/documents';
export const documentPage = (documentId: string): string => `/documents/${documentId}`;
export const applicationPage = (applicationId: string): string => `/applications/${applicationId}`;

/** True until the fine is paid. */
export const fineDue = (fineId: string): string => `fine-due:${fineId}`;
/** True until the owner is told of a nearer step of its end. */
export const documentEnds = (documentId: string): string => `document-ends:${documentId}`;
/** True while the application waits for its applicant. */
export const applicationWaits = (applicationId: string): string => `application-waits:${applicationId}`;
