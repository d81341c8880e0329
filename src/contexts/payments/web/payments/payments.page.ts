import { formatDateTime, formatMoney, formatTime } from '../../../../platform/views/format.js';
import { OUTCOME_CODES } from '../outcome-codes.js';
import { outcomeOf, type PaymentDetails, type PaymentRow } from '../../application/payments.query.js';

/** What `templates/payments/payment.hbs` prints. */
export const paymentPage = (payment: PaymentDetails, now: Date, bankSilent = false) => {
  const outcome = outcomeOf(payment.status);
  const open = outcome === 'PENDING' && now < payment.expiresAt;
  return {
    title: TITLES[outcome],
    breadcrumb: [{ href: '/payments', text: 'Платежи' }, { text: 'Платёж' }],
    pending: outcome === 'PENDING',
    paid: outcome === 'PAID',
    failed: outcome === 'FAILED' && failureOf(payment),
    returned: outcome === 'RETURNED' && { done: payment.status === 'REFUNDED' },
    /** The bank has not even heard of the order. */
    unsent: payment.status === 'CREATED',
    bankSilent,
    continueAction: open ? `/payments/${payment.paymentId}/continue` : null,
    continueUntil: open ? formatTime(payment.expiresAt) : null,
    amount: formatMoney(payment.amountKopecks),
    fineHref: `/fines/${payment.fineId}`,
    receiptHref: outcome === 'PAID' ? `/payments/${payment.paymentId}/receipt.pdf` : null,
    rows: [
      { label: 'Сумма', value: formatMoney(payment.amountKopecks) },
      ...(payment.discountPercent === null ? [] : [{ label: 'Скидка', value: `${payment.discountPercent}\u00a0%` }]),
      { label: 'За что', value: payment.purpose },
      { label: 'Постановление', value: payment.decreeNumber, copy: true },
      ...(payment.uin === payment.decreeNumber ? [] : [{ label: 'УИН', value: payment.uin, copy: true }]),
      { label: 'Начат', value: formatDateTime(payment.startedAt) },
      ...(payment.settledAt ? [{ label: SETTLED_LABELS[outcome], value: formatDateTime(payment.settledAt) }] : []),
      ...(payment.maskedPan ? [{ label: 'Карта', value: payment.maskedPan, mono: true }] : []),
      ...(payment.approvalCode ? [{ label: 'Код авторизации', value: payment.approvalCode, mono: true }] : []),
      ...(payment.reference ? [{ label: 'Номер операции в банке', value: payment.reference, mono: true }] : []),
      { label: 'Номер платежа', value: payment.paymentId, copy: true },
    ],
  };
};

const TITLES = {
  PENDING: 'Платёж обрабатывается',
  PAID: 'Штраф оплачен',
  FAILED: 'Оплата не прошла',
  RETURNED: 'Деньги возвращаются на карту',
} as const;

const SETTLED_LABELS = { PENDING: 'Изменён', PAID: 'Оплачен', FAILED: 'Завершён', RETURNED: 'Возврат' } as const;

/** Codes of the bank's processing that a citizen can do something about. */
const NO_MONEY = 116;
const NOT_CONFIRMED = -2006;
const SESSION_OVER = -2007;

const failureOf = ({ status, actionCode }: PaymentDetails) => ({
  noMoney: actionCode === NO_MONEY,
  notConfirmed: actionCode === NOT_CONFIRMED,
  timedOut: status === 'EXPIRED' || actionCode === SESSION_OVER,
  notTaken: status === 'REJECTED',
});

/** One row of the history. */
export const paymentWords = (payment: PaymentRow) => ({
  href: `/payments/${payment.paymentId}`,
  purpose: payment.purpose,
  decreeNumber: payment.decreeNumber,
  amount: formatMoney(payment.amountKopecks),
  at: formatDateTime(payment.settledAt ?? payment.startedAt),
  status: OUTCOME_CODES[payment.outcome],
  receiptHref: payment.outcome === 'PAID' ? `/payments/${payment.paymentId}/receipt.pdf` : null,
});

/** Name of the file a citizen saves. */
export const receiptName = (paymentId: string): string => `Квитанция ${paymentId}.pdf`;
