import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate, formatDateTime, plural } from '../../../../platform/views/format.js';
import { type ApplicationLine } from '../../application/application-record.js';
import { type CaseQueue } from '../../application/case-queue.query.js';
import { isFinal } from '../../domain/application-transitions.js';
import { type QueueForm } from './queue.form.js';

/** What `templates/applications/queue.hbs` prints. */
export const queuePage = (queue: CaseQueue, form: QueueForm, errors: FormErrors | null) => {
  const countOf = (isWanted: (status: CaseQueue['counts'][number]['status']) => boolean) =>
    queue.counts.reduce((sum, { status, count }) => (isWanted(status) ? sum + count : sum), 0);
  return {
    title: 'Очередь заявлений',
    form,
    errors,
    openCount: countOf((status) => !isFinal(status)),
    closedCount: countOf(isFinal),
    overdueCount: queue.overdueCount,
    counts: queue.counts.map(({ status, count }) => ({ code: status, count, current: form.status === status, href: hrefOf({ status }) })),
    isOpen: form.status === 'OPEN' && !form.overdue,
    isClosed: form.status === 'CLOSED',
    isFiltered: form.status !== 'OPEN' || form.overdue || form.number !== '',
    matching: plural(queue.matching, 'заявление', 'заявления', 'заявлений'),
    rows: queue.lines.map(rowOf),
    firstHref: form.after ? hrefOf({ ...form, after: null }) : null,
    nextHref: queue.nextAfter && hrefOf({ ...form, after: queue.nextAfter }),
  };
};

const rowOf = (line: ApplicationLine) => ({
  href: `/office/applications/${line.applicationId}`,
  number: line.registrationNumber,
  serviceTitle: line.serviceTitle,
  code: line.status,
  submittedAt: formatDateTime(line.submittedAt),
  dueOn: formatDate(new Date(line.dueAt.getTime() - 1)),
  overdue: line.overdue,
  respondBy: line.respondBy && formatDate(line.respondBy),
  answerOverdue: line.answerOverdue,
});

const hrefOf = ({ status, overdue, number, after }: Partial<QueueForm>): string => {
  const query = new URLSearchParams();
  if (status && status !== 'OPEN') query.set('status', status);
  if (overdue) query.set('overdue', '1');
  if (number) query.set('number', number);
  if (after) query.set('after', after);
  return query.size > 0 ? `/office/queue?${query}` : '/office/queue';
};
