import { XMLParser } from 'fast-xml-parser';
import { randomUUID } from 'node:crypto';
import { type Register, isSettled, type RegisteredCharge } from './register.js';

const NS = {
  charges: 'urn://roskazna.ru/gisgmp/xsd/services/export-charges/2.1.1',
  payments: 'urn://roskazna.ru/gisgmp/xsd/services/import-payments/2.1.1',
  common: 'http://roskazna.ru/gisgmp/xsd/Common/2.1.1',
  charge: 'http://roskazna.ru/gisgmp/xsd/Charge/2.1.1',
  organization: 'http://roskazna.ru/gisgmp/xsd/Organization/2.1.1',
} as const;

interface Node {
  readonly [name: string]: Node | Node[] | string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

const all = (node: Node | undefined, name: string): (Node | string)[] => {
  const found = node?.[name];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
};
const one = (node: Node | undefined, name: string): Node | undefined => {
  const [found] = all(node, name);
  return typeof found === 'object' ? found : undefined;
};
const attribute = (node: Node | undefined, name: string): string => {
  const found = node?.[`@${name}`];
  return typeof found === 'string' ? found : '';
};
const texts = (node: Node | undefined, name: string): string[] =>
  all(node, name).filter((found) => typeof found === 'string');

const attr = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Answers one SOAP message of a participant: a request for charges, or notices of payments. */
export const answer = (register: Register, xml: string, now: Date): { status: number; xml: string } => {
  let body: Node | undefined;
  try {
    body = one(one(parser.parse(xml) as Node, 'Envelope'), 'Body');
  } catch {
    body = undefined;
  }
  const exportCharges = one(body, 'ExportChargesRequest');
  const importPayments = one(body, 'ImportPaymentsRequest');
  if (exportCharges) return { status: 200, xml: envelope(chargesResponse(register, exportCharges, now)) };
  if (importPayments) return { status: 200, xml: envelope(paymentsResponse(register, importPayments, now)) };
  return { status: 500, xml: envelope(rejected('UNKNOWN_REQUEST_DESCRIPTION', 'Неизвестный вид сведений')) };
};

const chargesResponse = (register: Register, request: Node, now: Date): string => {
  const conditions = one(request, 'ChargesExportConditions');
  const kind = attribute(conditions, 'kind');
  const byUin = one(conditions, 'ChargesConditions');
  const byPayer = one(conditions, 'PayersConditions');
  if (attribute(request, 'senderIdentifier') === '') return rejected('ACCESS_DENIED', 'Участник не зарегистрирован');
  const found = byUin
    ? register.ofUins(texts(byUin, 'SupplierBillID'))
    : register.ofPayers(texts(byPayer, 'PayerIdentifier'));
  const listed = kind === 'CHARGE' ? found.filter((charge) => !charge.annulled && !isSettled(charge)) : found;
  const paging = one(request, 'Paging');
  const length = Math.min(100, Number(attribute(paging, 'pageLength')) || 100);
  const first = ((Number(attribute(paging, 'pageNumber')) || 1) - 1) * length;
  const page = listed.slice(first, first + length);
  return `<ec:ExportChargesResponse xmlns:ec="${NS.charges}" xmlns:c="${NS.common}" xmlns:chg="${NS.charge}" xmlns:org="${NS.organization}"
    Id="${randomUUID()}" RqId="${attr(attribute(request, 'Id'))}" recipientIdentifier="${attr(attribute(request, 'senderIdentifier'))}"
    timestamp="${now.toISOString()}" hasMore="${first + length < listed.length}" needReRequest="false">${page.map(chargeInfo).join('')}</ec:ExportChargesResponse>`;
};

const PAYEES = {
  police: {
    name: 'УФК по г. Санкт-Петербургу (ГУ МВД России по г. Санкт-Петербургу и Ленинградской области, ОБРАЗЕЦ)',
    inn: '7810000019',
    kpp: '781001001',
    account: '03100643000000017200',
  },
  tax: {
    name: 'УФК по г. Санкт-Петербургу (Управление ФНС, ОБРАЗЕЦ)',
    inn: '7810000026',
    kpp: '781001001',
    account: '03100643000000017200',
  },
} as const;
const BANK = {
  name: 'Северо-Западное ГУ Банка России//УФК по г. Санкт-Петербургу',
  bik: '014030106',
  account: '40102810945370000005',
} as const;

const chargeInfo = (charge: RegisteredCharge): string => {
  const payee = PAYEES[charge.payee];
  const settled = isSettled(charge);
  const left = settled ? 0 : charge.amount - charge.paid;
  return `<ec:ChargeInfo supplierBillID="${charge.uin}" billDate="${charge.billDate}" totalAmount="${charge.amount}" purpose="${attr(charge.purpose)}"
      kbk="${charge.kbk}" oktmo="${charge.oktmo}" amountToPay="${left}" acknowledgmentStatus="${settled ? 1 : 3}">
    <org:Payee name="${attr(payee.name)}" inn="${payee.inn}" kpp="${payee.kpp}"><c:OrgAccount accountNumber="${payee.account}">
      <c:Bank name="${attr(BANK.name)}" bik="${BANK.bik}" correspondentBankAccount="${BANK.account}"/></c:OrgAccount></org:Payee>
    <chg:Payer payerIdentifier="${attr(charge.payers[0] ?? '')}" payerName="-"/>
    <chg:BudgetIndex status="24" paytReason="0" taxPeriod="0" taxDocNumber="0" taxDocDate="0"/>
    ${discount(charge)}<c:ChangeStatusInfo><c:Meaning>${charge.annulled ? 3 : 1}</c:Meaning></c:ChangeStatusInfo>
  </ec:ChargeInfo>`;
};

const discount = ({ discount: sent }: RegisteredCharge): string =>
  sent === null || sent === 'none'
    ? ''
    : `<c:DiscountSize><c:Value>${sent.percent}</c:Value><c:Expiry>${sent.until}</c:Expiry></c:DiscountSize>`;

const PROTOCOL: Readonly<Record<number, string>> = {
  0: 'Успешно',
  5: 'Сущность была загружена ранее',
  32: 'Сумма равна нулю',
  55: 'Дата не совпадает с датой в УИП',
  234: 'Неверный контрольный разряд УИН',
  235: 'Неверный формат УИП',
};

const paymentsResponse = (register: Register, request: Node, now: Date): string => {
  const protocols = all(one(request, 'PaymentsPackage'), 'ImportedPayment').map((found) => {
    const payment = typeof found === 'object' ? found : undefined;
    const code = register.take({
      paymentId: attribute(payment, 'paymentId'),
      uin: attribute(payment, 'supplierBillID'),
      amount: Number(attribute(payment, 'amount')),
      paymentDate: attribute(payment, 'paymentDate'),
    });
    return `<c:ImportProtocol entityID="${attr(attribute(payment, 'Id'))}" code="${code}" description="${attr(PROTOCOL[code] ?? 'Отказ')}"/>`;
  });
  return `<ip:ImportPaymentsResponse xmlns:ip="${NS.payments}" xmlns:c="${NS.common}" Id="${randomUUID()}"
    RqId="${attr(attribute(request, 'Id'))}" timestamp="${now.toISOString()}">${protocols.join('')}</ip:ImportPaymentsResponse>`;
};

const rejected = (code: string, description: string): string =>
  `<RequestRejected><RejectionReasonCode>${code}</RejectionReasonCode><RejectionReasonDescription>${description}</RejectionReasonDescription></RequestRejected>`;

const envelope = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
