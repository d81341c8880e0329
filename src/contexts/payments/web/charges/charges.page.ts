import { maskRequisite } from '../../../../kernel/requisite.js';
import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate, formatDateTime, formatMoney, plural } from '../../../../platform/views/format.js';
import { type DocumentRequisites } from '../../../documents/public.js';
import { type Applicant } from '../../../profile/public.js';
import { type PaymentsView } from '../../application/payments.query.js';
import { type FoundCharge, type FoundCharges } from '../../application/search-charges.query.js';
import { type RequisiteKind } from '../../domain/payer-requisite.js';
import { paymentWords } from '../payments/payments.page.js';
import { REQUISITE_OPTIONS, type SearchForm } from './search.form.js';

/** A number the cabinet knows already: searched by without typing it. */
export interface KnownRequisite {
  readonly kind: RequisiteKind;
  readonly value: string;
}

/** Numbers of the cabinet by which charges can be searched. */
export const knownRequisites = (
  applicant: Applicant | null,
  documents: readonly DocumentRequisites[],
): readonly KnownRequisite[] => [
  ...(applicant?.inn ? [{ kind: 'INN', value: applicant.inn } as const] : []),
  ...(applicant?.snils ? [{ kind: 'SNILS', value: applicant.snils } as const] : []),
  ...documents.map(
    ({ requisites }) =>
      ({ kind: 'RF_PASSPORT', value: `${requisites.series ?? ''}${requisites.number ?? ''}` }) as const,
  ),
  ...(applicant?.vehicles ?? []).map(({ sts }) => ({ kind: 'VEHICLE_REG_CERT', value: sts }) as const),
];

/** What `templates/payments/payments.hbs` prints: the search and the history of payments. */
export const paymentsPage = (
  view: PaymentsView,
  known: readonly KnownRequisite[],
  form: SearchForm,
  errors: FormErrors | null,
) => ({
  title: 'Платежи',
  breadcrumb: [{ text: 'Платежи' }],
  requisiteOptions: REQUISITE_OPTIONS,
  form,
  errors,
  known: known.map(({ kind, value }) => ({ kind, value, text: `${titleOf(kind)} ${maskRequisite(value)}` })),
  payments: view.payments.map(paymentWords),
  nextHref: view.next && `/payments?after=${view.next}`,
});

/** What `templates/payments/charges.hbs` prints; null when the register does not answer. */
export const chargesPage = (found: FoundCharges | null, form: SearchForm) => ({
  title: 'Неоплаченные начисления',
  breadcrumb: [{ href: '/payments', text: 'Платежи' }, { text: 'Неоплаченные начисления' }],
  searchedBy: `${titleOf(form.requisiteKind)} ${maskRequisite(form.requisite)}`,
  unavailable: found === null,
  form,
  asOf: found && formatDateTime(found.asOf),
  count: found && plural(found.charges.length, 'начисление', 'начисления', 'начислений'),
  charges: (found?.charges ?? []).map(chargeWords),
});

const titleOf = (kind: RequisiteKind): string => REQUISITE_OPTIONS.find(({ value }) => value === kind)?.text ?? '';

const KINDS = { FINE: 'Штраф', TAX: 'Налог', OTHER: 'Начисление' } as const;

const chargeWords = (charge: FoundCharge) => ({
  kind: KINDS[charge.kind],
  status: charge.status,
  heading: charge.purpose,
  due: formatMoney(charge.dueKopecks),
  full: charge.dueKopecks < charge.amountKopecks ? formatMoney(charge.amountKopecks) : null,
  discountUntil: charge.discountUntil && formatDate(charge.discountUntil),
  fineHref: charge.fineId && `/fines/${charge.fineId}`,
  rows: [
    { label: 'УИН', value: charge.uin, copy: true },
    { label: 'Начислено', value: formatDate(charge.billedOn) },
    { label: 'Получатель', value: charge.payee },
  ],
});
