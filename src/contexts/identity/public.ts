export { SignedIn } from './domain/account.events.js';
export { EsiaAccessQuery, type EsiaAccess } from './application/esia-access.query.js';
