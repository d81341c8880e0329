import { DraftChanged, TooManyFiles } from './draft.errors.js';
import { Draft } from './draft.js';
import { AlreadySubmitted, IdempotencyKeyReused } from './submission.errors.js';

const NOW = new Date('2026-11-22T09:00:00Z');
const RECEIPT = { applicationId: '0190a000-0000-7000-8000-000000000001', registrationNumber: '78-2026-00000001' };
const SENDING = { key: '0190a000-0000-4000-8000-0000000000aa', version: 1 };

const draft = () => Draft.start('draft', 'maria', { code: 'PRE_TRIAL_COMPLAINT', version: 1 }, { text: 'Жалоба' }, 20, NOW);
const sentDraft = () => {
  const sent = draft();
  sent.close(RECEIPT, SENDING, 'key', NOW);
  return sent;
};
const file = (fileId: string) => ({ fileId, name: `${fileId}.pdf`, extension: 'pdf', mediaType: 'application/pdf', bytes: 1, sha256: '00' });

describe('A draft', () => {
  it('takes answers as they are, right or wrong', () => {
    const filled = draft();
    filled.fill({ text: '' }, 0, new Date('2026-11-22T10:00:00Z'));
    expect(filled.currentAnswers).toEqual({ text: '' });
    expect(filled.lastEditedAt).toEqual(new Date('2026-11-22T10:00:00Z'));
  });

  it('refuses a version that is not its own, and says when it was saved', () => {
    expect(() => draft().requireVersion(2)).toThrow(new DraftChanged({ storedAt: NOW.toISOString() }));
  });

  it('holds a file once and no more files than the field takes', () => {
    const filled = draft();
    filled.attach('scan', file('a'), 2);
    filled.attach('scan', file('a'), 2);
    filled.attach('scan', file('b'), 2);
    expect(filled.currentAnswers['scan']).toEqual([file('a'), file('b')]);
    expect(() => filled.attach('scan', file('c'), 2)).toThrow(TooManyFiles);
    filled.detach('scan', 'a');
    filled.detach('scan', 'a');
    expect(filled.currentAnswers['scan']).toEqual([file('b')]);
  });

  it('holds twenty files in all its fields', () => {
    const filled = draft();
    for (let at = 0; at < 20; at++) filled.attach(`field${at % 3}`, file(`f${at}`), 10);
    expect(() => filled.attach('field3', file('more'), 10)).toThrow(new TooManyFiles({ limit: 20 }));
  });

  it('keeps nothing but the receipt once it was sent', () => {
    const sent = sentDraft();
    expect(sent.currentAnswers).toEqual({});
    expect(sent.receiptOf(SENDING)).toEqual(RECEIPT);
  });

  it('answers another sending with the number of the first', () => {
    expect(() => sentDraft().receiptOf({ ...SENDING, key: 'other' })).toThrow(AlreadySubmitted);
    expect(() => sentDraft().receiptOf({ ...SENDING, version: 2 })).toThrow(IdempotencyKeyReused);
  });

  it.each<[string, (sent: Draft) => void]>([
    ['filled', (sent) => sent.fill({}, 0, NOW)],
    ['given a file', (sent) => sent.attach('scan', file('a'), 2)],
    ['rid of a file', (sent) => sent.detach('scan', 'a')],
    ['sent again', (sent) => sent.close(RECEIPT, SENDING, null, NOW)],
  ])('is not %s once it was sent', (_, change) => {
    expect(() => change(sentDraft())).toThrow(AlreadySubmitted);
  });

  it('has no receipt before it was sent', () => {
    expect(draft().receiptOf(SENDING)).toBeNull();
  });
});
