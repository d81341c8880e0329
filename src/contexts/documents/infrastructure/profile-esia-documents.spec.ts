import { Logger } from '@nestjs/common';
import { type QueryBus } from '@nestjs/cqrs';
import { esiaDocument } from '../../../../test/support/documents-app.js';
import { type EsiaDocument } from '../../profile/public.js';
import { ProfileEsiaDocuments } from './profile-esia-documents.js';

const logged: string[] = [];
beforeEach(() => {
  logged.splice(0);
  const keep = (...words: unknown[]) => void logged.push(words.join(' '));
  Logger.overrideLogger({ log: keep, warn: keep, error: keep });
});
afterEach(() => {
  Logger.overrideLogger(false);
});

const read = (...documents: EsiaDocument[]) => {
  const answer = { readAt: new Date('2026-11-22T08:00:00Z'), documents, notGranted: [] };
  const queries = { execute: () => Promise.resolve(answer) } as unknown as QueryBus;
  return new ProfileEsiaDocuments(queries, { of: (kindCode, number) => `${kindCode} ${number}` }).of('account');
};

describe('documents that the profile has read', () => {
  it('are told by our kinds, and what is of none of them is passed over in silence', async () => {
    const answer = await read(
      esiaDocument('SNILS', { number: '11223344595' }),
      esiaDocument('INCOME_REFERENCE', { number: '1' }),
    );
    expect(answer?.documents).toMatchObject([
      {
        kind: { code: 'SNILS' },
        content: { requisites: { snils: '11223344595' }, numberFingerprint: 'SNILS 11223344595' },
      },
    ]);
    expect(logged).toEqual([]);
  });

  it('come once although ESIA names them twice', async () => {
    const [first, second] = ['1', '2'].map((esiaId) => esiaDocument('SNILS', { esiaId, number: '11223344595' }));
    expect((await read(first!, second!))?.documents).toMatchObject([{ esiaId: '1' }]);
    const sameId = ['11223344595', '90000000182'].map((number) => esiaDocument('SNILS', { number }));
    expect((await read(...sameId))?.documents).toHaveLength(1);
  });

  it('are named in the log by their type only when they have no number', async () => {
    const answer = await read(
      esiaDocument('RF_PASSPORT', { series: '4008', number: ' ', issuedBy: 'ОУФМС', issueDate: '2008-03-20' }),
    );
    expect(answer?.documents).toEqual([]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('RF_PASSPORT');
    expect(logged[0]).not.toMatch(/4008|ОУФМС|2008-03-20/);
  });
});
