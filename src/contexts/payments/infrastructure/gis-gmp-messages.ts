import { XMLParser } from 'fast-xml-parser';
import { Money } from '../../../kernel/money.js';
import { type Charge, type ChargeStatus, type Payee } from '../domain/charge.js';
import { type RegistryDiscount } from '../domain/discount.js';
import { type PayerRequisite, type RequisiteKind } from '../domain/payer-requisite.js';
import { UnreadableAnswer } from './outside-calls.js';

/** Messages of ГИС ГМП, format 2.1.1 (external systems §2). */
const NS = {
  service: 'urn://roskazna.ru/gisgmp/xsd/services/export-charges/2.1.1',
  common: 'http://roskazna.ru/gisgmp/xsd/Common/2.1.1',
  search: 'http://roskazna.ru/gisgmp/xsd/SearchConditions/2.1.1',
} as const;
/** Operator of a regional portal. */
const SENDER_ROLE = 18;
export const PAGE_LENGTH = 100;

export type ChargesQuestion =
  | { readonly kind: 'CHARGE'; readonly payers: readonly string[] }
  | { readonly kind: 'CHARGESTATUS'; readonly uins: readonly string[] };

export interface ChargesAnswer {
  readonly charges: readonly Charge[];
  readonly hasMore: boolean;
}

const DOCUMENT_CODES: Readonly<Record<RequisiteKind, string>> = {
  RF_PASSPORT: '01',
  SNILS: '14',
  INN: '21',
  DRIVING_LICENCE: '22',
  VEHICLE_REG_CERT: '24',
  HUNTING_TICKET: '25',
};
const CYRILLIC = 'АВЕКМНОРСТУХ';
const LATIN = 'ABEKMHOPCTYX';
const toLatin = (text: string): string =>
  text.replace(/[АВЕКМНОРСТУХ]/gu, (letter) => LATIN.charAt(CYRILLIC.indexOf(letter)));

/** Identifiers of a natural person (22 characters, §2.4). Whoever accrued may have used either alphabet, so both are asked for. */
export const payerIdentifiers = ({ kind, value }: PayerRequisite): readonly string[] => {
  const identifier = `1${DOCUMENT_CODES[kind]}${value.padStart(19, '0')}`;
  return [...new Set([identifier, toLatin(identifier)])];
};

export const exportChargesRequest = (
  question: ChargesQuestion,
  page: number,
  sender: string,
  id: string,
  now: Date,
): string => {
  const conditions =
    'uins' in question
      ? `<sc:ChargesConditions>${question.uins.map((uin) => `<sc:SupplierBillID>${uin}</sc:SupplierBillID>`).join('')}</sc:ChargesConditions>`
      : `<sc:PayersConditions>${question.payers.map((payer) => `<sc:PayerIdentifier>${payer}</sc:PayerIdentifier>`).join('')}</sc:PayersConditions>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
<ec:ExportChargesRequest Id="I_${id}" timestamp="${now.toISOString()}" senderIdentifier="${sender}" senderRole="${SENDER_ROLE}"
  xmlns:ec="${NS.service}" xmlns:c="${NS.common}" xmlns:sc="${NS.search}">
<c:Paging pageNumber="${page}" pageLength="${PAGE_LENGTH}"/>
<sc:ChargesExportConditions kind="${question.kind}">${conditions}</sc:ChargesExportConditions>
</ec:ExportChargesRequest></soapenv:Body></soapenv:Envelope>`;
};

type Node = Readonly<Record<string, unknown>>;

const LISTS = ['ChargeInfo', 'ChangeStatusInfo'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  isArray: (name) => LISTS.includes(name),
});

const child = (node: Node | undefined, name: string): Node | undefined => {
  const found = node?.[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Node) : undefined;
};
const children = (node: Node | undefined, name: string): readonly Node[] =>
  (node?.[name] as readonly Node[] | undefined) ?? [];
const text = (node: Node | undefined, name: string): string | undefined => {
  const found = node?.[name];
  return typeof found === 'string' ? found : undefined;
};
const required = (node: Node | undefined, name: string): string => {
  const found = text(node, name);
  if (found === undefined) throw new UnreadableAnswer(`${name} is missing`);
  return found;
};

/** Throws UnreadableAnswer, also when the register asks to come again. */
export const readCharges = (xml: string): ChargesAnswer => {
  const body = child(child(parser.parse(xml) as Node, 'Envelope'), 'Body');
  const rejected = child(body, 'RequestRejected');
  if (rejected) {
    const reason = text(rejected, 'RejectionReasonCode') ?? '';
    if (reason === 'NO_DATA') return { charges: [], hasMore: false };
    throw new UnreadableAnswer(`rejected: ${reason}`);
  }
  const response = child(body, 'ExportChargesResponse');
  if (!response) throw new UnreadableAnswer('no ExportChargesResponse');
  if (text(response, 'needReRequest') === 'true') throw new UnreadableAnswer('needReRequest');
  return { charges: children(response, 'ChargeInfo').map(chargeOf), hasMore: text(response, 'hasMore') === 'true' };
};

const chargeOf = (info: Node): Charge => {
  const total = Number(required(info, 'totalAmount'));
  const left = Number(required(info, 'amountToPay'));
  return {
    uin: required(info, 'supplierBillID'),
    purpose: required(info, 'purpose'),
    amount: Money.ofKopecks(total),
    left: Money.ofKopecks(Math.max(0, left)),
    discount: discountOf(info, total),
    billedAt: new Date(required(info, 'billDate')).toISOString(),
    status: statusOf(info, total, left),
    payee: payeeOf(info),
  };
};

const ANNULLED = '3';
/** Acknowledged, closed without a payment, closed with a forced one. */
const SETTLED = ['1', '4', '5'];

const statusOf = (info: Node, total: number, left: number): ChargeStatus => {
  const last = children(info, 'ChangeStatusInfo').at(-1);
  if (text(last, 'Meaning') === ANNULLED) return 'CANCELLED';
  if (left <= 0 || SETTLED.includes(text(info, 'acknowledgmentStatus') ?? '')) return 'PAID';
  return left < total ? 'PARTIALLY_PAID' : 'UNPAID';
};

/** One of three shapes (§2.5); none of them says nothing. `Expiry` of `0` means no term. */
const discountOf = (info: Node, total: number): RegistryDiscount | null => {
  const size = child(info, 'DiscountSize');
  const fixed = child(info, 'DiscountFixed');
  const multiplier = child(info, 'MultiplierSize');
  const shape = size ?? fixed ?? multiplier;
  if (!shape) return null;
  const value = Number(required(shape, 'Value'));
  const expiry = text(shape, 'Expiry') ?? '0';
  const validThrough = expiry === '0' ? null : expiry;
  if (!Number.isFinite(value) || value < 0) throw new UnreadableAnswer('a discount that is no number');
  if (size) {
    if (!Number.isInteger(value) || value > 100) throw new UnreadableAnswer('a discount that is no percentage');
    return { kind: 'percent', percent: value, validThrough };
  }
  const off = fixed ? value : total - Math.floor(total * value + 0.5);
  return { kind: 'sum', off: Money.ofKopecks(off), validThrough };
};

const payeeOf = (info: Node): Payee => {
  const payee = child(info, 'Payee');
  const account = child(payee, 'OrgAccount');
  const bank = child(account, 'Bank');
  return {
    name: required(payee, 'name'),
    inn: required(payee, 'inn'),
    kpp: required(payee, 'kpp'),
    account: required(account, 'accountNumber'),
    bankName: text(bank, 'name') ?? '',
    bik: required(bank, 'bik'),
    correspondentAccount: text(bank, 'correspondentBankAccount') ?? null,
    kbk: required(info, 'kbk'),
    oktmo: required(info, 'oktmo'),
  };
};
