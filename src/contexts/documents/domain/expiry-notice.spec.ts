import { addDays } from '../../../kernel/legal-day.js';
import { type ExpiringDocument, ExpiryNotice, stepDue } from './expiry-notice.js';
import { DocumentExpires } from './personal-document.events.js';

const EXPIRES_ON = '2027-03-01';
const document = (changes: Partial<ExpiringDocument> = {}): ExpiringDocument => ({
  documentId: 'd1',
  ownerId: 'o1',
  kindCode: 'RF_FOREIGN_PASSPORT',
  expiresOn: EXPIRES_ON,
  addedOn: '2020-01-01',
  told: null,
  ...changes,
});
const daysBefore = (days: number): string => addDays(EXPIRES_ON, -days);

describe('what the owner is told of today', () => {
  it.each([
    [91, null],
    [90, 90],
    [89, 90],
    [31, 90],
    [30, 30],
    [8, 30],
    [7, 7],
    [1, 7],
    [0, 0],
    [-1, 0],
    [-30, 0],
    [-31, null],
  ])('%s days before the end: step %s', (days, step) => {
    expect(stepDue(document(), daysBefore(days))).toBe(step);
  });

  it('is no step twice, nor one further away than what was told', () => {
    expect(stepDue(document({ told: 30 }), daysBefore(20))).toBeNull();
    expect(stepDue(document({ told: 7 }), daysBefore(20))).toBeNull();
    expect(stepDue(document({ told: 90 }), daysBefore(20))).toBe(30);
    expect(stepDue(document({ told: 0 }), daysBefore(-1))).toBeNull();
  });

  it('is no step from before the document was added; that of the very day is', () => {
    expect(stepDue(document({ addedOn: daysBefore(29) }), daysBefore(29))).toBeNull();
    expect(stepDue(document({ addedOn: daysBefore(30) }), daysBefore(29))).toBe(30);
    expect(stepDue(document({ addedOn: daysBefore(29) }), daysBefore(7))).toBe(7);
  });
});

describe('a notice', () => {
  it('announces the end once, without a requisite', () => {
    const notice = ExpiryNotice.due(document(), daysBefore(5), new Date('2027-02-24T00:10:00Z'));
    expect(notice?.pullEvents()).toEqual([new DocumentExpires('d1', 'o1', 'RF_FOREIGN_PASSPORT', EXPIRES_ON, 7)]);
    expect(ExpiryNotice.due(document({ told: 7 }), daysBefore(5), new Date())).toBeNull();
  });
});
