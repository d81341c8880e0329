/* (c) The list of personal documents of people who keep two hundred of them. */
import { randomUUID } from 'node:crypto';
import { copyRow } from './multiply.js';

const DOCUMENTS = 200;
/** What the page has for each of them: the title, the last document of the list. */
export const LIST_PARTS = ['200\u00a0документов'];

/** Gives each of these people two hundred documents like the one that `patternId` names. */
export const keepDocuments = async (pool, patternId, visitors) => {
  for (const { accountId } of visitors)
    await copyRow(
      pool,
      'documents.personal_document',
      'id',
      patternId,
      Array.from({ length: DOCUMENTS }, () => ({
        id: randomUUID(),
        owner_id: accountId,
        number_fingerprint: randomUUID(),
      })),
    );
  await pool.query('vacuum analyze');
};
