import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate, formatDateTime, formatMoney, plural } from '../../../../platform/views/format.js';
import { type FineDetails, type FineRow, type FinesView, type HistoryMark } from '../../application/fines.query.js';
import { outcomeOf } from '../../application/payments.query.js';
import { type PaymentStatus } from '../../domain/payment-state-transitions.js';
import { OUTCOME_CODES } from '../outcome-codes.js';

const DECREE = 'Постановление';

/** What `templates/payments/fines.hbs` prints. */
export const finesPage = (view: FinesView, firstPage: boolean) => {
  const { watch, open, settled, next } = view;
  const payable = open.filter(({ status }) => status === 'UNPAID');
  return {
    title: 'Штрафы',
    breadcrumb: [{ text: 'Штрафы' }],
    firstPage,
    hasVehicles: watch.vehicles > 0,
    looking: watch.unread > 0 && !watch.registryDown,
    registryDown: watch.registryDown,
    asOf: watch.asOf && formatDateTime(watch.asOf),
    openCount: plural(open.length, 'штраф', 'штрафа', 'штрафов'),
    total: payable.length > 1 ? formatMoney(payable.reduce((sum, { dueKopecks }) => sum + dueKopecks, 0)) : null,
    open: open.map(fineWords),
    settled: settled.map(fineWords),
    nextHref: next && `/fines?after=${encodeURIComponent(writeMark(next))}`,
  };
};

const fineWords = (fine: FineRow) => ({
  id: fine.fineId,
  href: `/fines/${fine.fineId}`,
  heading: fine.offence || `${DECREE} ${fine.decreeNumber}`,
  purpose: fine.purpose,
  decreeNumber: fine.decreeNumber,
  decreeDate: formatDate(fine.decreeDate),
  status: fine.status,
  payable: fine.status === 'UNPAID' && fine.dueKopecks > 0,
  alreadyPaid: fine.alreadyPaidKopecks > 0 ? formatMoney(fine.alreadyPaidKopecks) : null,
  due: formatMoney(fine.dueKopecks),
  dueKopecks: fine.dueKopecks,
  ...discountWords(fine),
  paymentHref: fine.paymentId && `/payments/${fine.paymentId}`,
  paid: fine.paidKopecks === null ? null : formatMoney(fine.paidKopecks),
  settledOn: fine.settledAt && formatDate(fine.settledAt.toISOString()),
  receiptHref: fine.status === 'PAID' && fine.paymentId ? `/payments/${fine.paymentId}/receipt.pdf` : null,
});

const discountWords = (fine: FineRow) => {
  const discounted = fine.dueKopecks + fine.alreadyPaidKopecks < fine.amountKopecks;
  return {
    full: discounted ? formatMoney(fine.amountKopecks - fine.alreadyPaidKopecks) : null,
    percent: discounted && fine.discountPercent !== null ? `${fine.discountPercent}\u00a0%` : null,
    discountUntil: discounted && fine.discountUntil ? formatDate(fine.discountUntil) : null,
    lastDay: discounted && fine.daysLeft === 0,
    daysLeft: discounted && fine.daysLeft ? plural(fine.daysLeft, 'день', 'дня', 'дней') : null,
    discountPossible: !discounted && fine.discountPossible,
  };
};

interface PayProblem {
  readonly changed?: boolean;
  readonly errors?: FormErrors | null;
}

/** What `templates/payments/fine.hbs` prints. `changed`: the sum is another one than the citizen saw. */
export const finePage = (
  fine: FineDetails,
  vehicle: string | null,
  { changed = false, errors = null }: PayProblem = {},
) => ({
  title: `Штраф: ${DECREE.toLowerCase()} ${fine.decreeNumber}`,
  breadcrumb: [{ href: '/fines', text: 'Штрафы' }, { text: `${DECREE} ${fine.decreeNumber}` }],
  fine: fineWords(fine),
  changed,
  errors,
  amount: formatMoney(fine.amountKopecks),
  byRegistry: fine.termsSource === 'REGISTRY',
  asOf: formatDateTime(fine.asOf),
  payAction: `/fines/${fine.fineId}/pay`,
  rows: [
    { label: 'Номер постановления', value: fine.decreeNumber, copy: true },
    { label: 'Дата постановления', value: formatDate(fine.decreeDate) },
    ...(fine.uin === fine.decreeNumber ? [] : [{ label: 'УИН', value: fine.uin, copy: true }]),
    { label: 'Нарушение', value: fine.offence },
    { label: 'Статья КоАП', value: fine.article, empty: 'Не указана' },
    { label: 'Когда', value: fine.offenceAt && formatDateTime(fine.offenceAt) },
    { label: 'Кто вынес', value: fine.department },
    ...(vehicle ? [{ label: 'Транспортное средство', value: vehicle }] : []),
    { label: 'Назначение платежа', value: fine.purpose },
    { label: 'Получатель', value: fine.payee, empty: 'Казначейство ещё не сообщило' },
    { label: 'Статус оплаты', code: fine.status },
  ],
  attempts: fine.attempts.map((attempt) => ({
    href: `/payments/${attempt.paymentId}`,
    at: formatDateTime(attempt.at),
    amount: formatMoney(attempt.amountKopecks),
    status: OUTCOME_CODES[outcomeOf(attempt.status as PaymentStatus)],
  })),
});

/** What `templates/payments/in-progress.hbs` prints; the payment is null when somebody else is paying. */
export const inProgressPage = (fineId: string, paymentId: string | null) => ({
  title: 'Этот штраф уже оплачивается',
  breadcrumb: [{ href: '/fines', text: 'Штрафы' }, { text: 'Оплата начата' }],
  fineHref: `/fines/${fineId}`,
  payment: paymentId && { href: `/payments/${paymentId}`, continueAction: `/payments/${paymentId}/continue` },
});

const writeMark = ({ settledAt, id }: HistoryMark): string => `${settledAt.toISOString()}_${id}`;

/** Reads a mark back from the address; whatever it is not, is the first page. */
export const readMark = (text: string | undefined): HistoryMark | null => {
  const parts = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '');
  const settledAt = new Date(parts?.[1] ?? '');
  return parts && !Number.isNaN(settledAt.getTime()) ? { settledAt, id: parts[2]! } : null;
};
