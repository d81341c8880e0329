import { randomUUID } from 'node:crypto';
import { type Order } from './orders.js';

const BIK = '044030653';
const TIMEOUT_MS = 5000;
/** Taken now, or taken already. */
const DONE = ['0', '5'];

/** УИП of a bank: `1`, БИК, branch, date, number; the number is made from the order, so a repeat is known as a repeat. */
const paymentId = (order: Order, day: string): string =>
  `1${BIK}000000${day.split('-').reverse().join('')}${String(parseInt(order.orderId.slice(0, 8), 16) % 1e8).padStart(8, '0')}`;

const attr = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const noticeOf = (order: Order, uin: string, now: Date): string => {
  const day = new Date((order.paidAt ?? now.getTime()) + 3 * 3600_000).toISOString().slice(0, 10);
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
<ip:ImportPaymentsRequest xmlns:ip="urn://roskazna.ru/gisgmp/xsd/services/import-payments/2.1.1" xmlns:pkg="http://roskazna.ru/gisgmp/xsd/Package/2.1.1"
  xmlns:org="http://roskazna.ru/gisgmp/xsd/Organization/2.1.1" Id="I_${randomUUID()}" timestamp="${now.toISOString()}" senderIdentifier="b4a111" senderRole="7">
<pkg:PaymentsPackage><pkg:ImportedPayment Id="I_${order.orderId}" paymentId="${paymentId(order, day)}" supplierBillID="${attr(uin)}"
  purpose="${attr(order.description)}" amount="${order.amount}" paymentDate="${day}" transKind="01">
<org:PaymentOrg><org:Bank bik="${BIK}"/></org:PaymentOrg></pkg:ImportedPayment></pkg:PaymentsPackage>
</ip:ImportPaymentsRequest></soapenv:Body></soapenv:Envelope>`;
};

/** Tells ГИС ГМП that a charge was paid; true once it has taken the notice. */
export async function sendTreasuryNotice(url: string, order: Order, uin: string, now: Date): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: noticeOf(order, uin, now),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const code = /ImportProtocol [^>]*code="(\d+)"/.exec(await answer.text())?.[1];
    return code !== undefined && DONE.includes(code);
  } catch {
    return false;
  }
}
