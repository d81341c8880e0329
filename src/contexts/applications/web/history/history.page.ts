import { formatDate, plural } from '../../../../platform/views/format.js';
import { type ApplicationHistory } from '../../application/application-history.query.js';
import { type ApplicationLine } from '../../application/application-record.js';
import { isFinal } from '../../domain/application-transitions.js';
import { applicationTabs } from '../application-tabs.js';

/** What `templates/applications/history.hbs` prints. */
export const historyPage = ({ total, lines, nextAfter }: ApplicationHistory, after: string | null) => ({
  title: 'История заявлений',
  breadcrumb: [{ text: 'Заявления' }],
  tabs: applicationTabs('/applications'),
  count: plural(total, 'заявление', 'заявления', 'заявлений'),
  rows: lines.map(rowOf),
  firstHref: after === null ? null : '/applications',
  nextHref: nextAfter === null ? null : `/applications?after=${nextAfter}`,
});

const rowOf = (line: ApplicationLine) => ({
  href: `/applications/${line.applicationId}`,
  number: line.registrationNumber,
  serviceTitle: line.serviceTitle,
  code: line.status,
  submittedOn: formatDate(line.submittedAt),
  answeredOn: line.answeredAt && formatDate(line.answeredAt),
  awaitsAnswer: !isFinal(line.status),
  respondBy: line.respondBy && formatDate(line.respondBy),
});
