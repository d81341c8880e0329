import { maskRequisite } from '../../../kernel/requisite.js';
import { type KeyRing } from '../../../platform/security/key-ring.js';
import { documentKind, mainNumberOf } from '../domain/document-kinds.js';
import { type Requisites } from '../domain/requisite-reading.js';

/** Requisites as the column keeps them. */
export const requisitesIn = (encrypted: string, keyRing: KeyRing) =>
  JSON.parse(keyRing.decrypt(encrypted)) as Requisites;

/** `•••• 456`. */
export const maskedNumberOf = (kindCode: string, requisites: Requisites): string =>
  maskRequisite(requisites[mainNumberOf(documentKind(kindCode))] ?? '');
