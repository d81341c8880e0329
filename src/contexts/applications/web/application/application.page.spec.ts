import { Messages } from '../../../../platform/views/messages.js';
import { TEMPLATES } from '../../../../platform/views/views.js';
import { type ApplicationRecord } from '../../application/application-record.js';
import { APPLICATION_STATUSES } from '../../domain/application-status.js';
import { applicationPage } from './application.page.js';

const record = (changes: Partial<ApplicationRecord> = {}): ApplicationRecord => ({
  applicationId: 'a',
  registrationNumber: '78-2027-00000017',
  serviceTitle: 'Запись в первый класс',
  authorityTitle: 'Комитет по образованию',
  status: 'ACCEPTED',
  submittedAt: new Date('2027-04-01T00:00:00+03:00'),
  dueAt: new Date('2027-04-07T00:00:00+03:00'),
  overdue: false,
  answeredAt: null,
  respondBy: null,
  answerOverdue: false,
  answers: { steps: [] },
  files: [],
  history: [],
  ...changes,
});
const messages = new Messages(TEMPLATES);
const nextWords = (changes: Partial<ApplicationRecord>) => {
  const { next } = applicationPage(record(changes), [], null);
  return messages.text(next.code, { day: next.day }).replace(/\s/g, ' ');
};

describe('The page of an application', () => {
  it.each(APPLICATION_STATUSES)('says what is next when it is %s', (status) => {
    expect(nextWords({ status })).not.toBe('');
  });

  it('names the last day of the term, not the midnight after it', () => {
    expect(nextWords({ status: 'ACCEPTED' })).toContain('до 6 апреля 2027 г.');
    expect(nextWords({ status: 'ACCEPTED', overdue: true })).toContain('закончился 6 апреля 2027 г.');
  });

  it('names the day of the answer before the term of the service', () => {
    const asked = { status: 'AWAITING_INFO', respondBy: '2027-04-05', overdue: true } as const;
    expect(nextWords(asked)).toContain('Ответьте до 5 апреля 2027 г.');
    expect(nextWords({ ...asked, answerOverdue: true })).toContain('Ответить нужно было до 5 апреля 2027 г.');
  });
});
