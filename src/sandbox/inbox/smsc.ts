import { randomUUID } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import smpp, { type PDU, type PduFields, type Session } from 'smpp';
import { type Faults } from './faults.js';
import { type Mailbox, type ReceivedSms } from './mailbox.js';

export interface SmscOptions {
  readonly port: number;
  readonly systemId: string;
  readonly password: string;
}

const CODINGS: Readonly<Record<number, string>> = { 0: 'GSM 03.38', 1: 'GSM 03.38', 3: 'Latin-1', 8: 'UCS-2' };
const RECEIPT_CLASS = 0x04;
const STATES = { DELIVRD: 2, UNDELIV: 5 } as const;
type Receipt = keyof typeof STATES;

/** Place of a part in a long message, from the user data header: element 00 (8-bit reference) or 08 (16-bit reference). */
const placeOf = (pdu: PDU): { readonly reference: number; readonly total: number; readonly number: number } | null => {
  for (const element of pdu.short_message?.udh ?? []) {
    if (element[0] === 0x00)
      return { reference: element.readUInt8(2), total: element.readUInt8(3), number: element.readUInt8(4) };
    if (element[0] === 0x08)
      return { reference: element.readUInt16BE(2), total: element.readUInt8(4), number: element.readUInt8(5) };
  }
  return null;
};

const shortTime = (at: Date): string => at.toISOString().replace(/\D/g, '').slice(2, 12);

const receiptOf = (submitted: PDU, messageId: string, receipt: Receipt): PduFields => {
  const now = shortTime(new Date());
  const delivered = receipt === 'DELIVRD' ? '001' : '000';
  const text = `id:${messageId} sub:001 dlvrd:${delivered} submit date:${now} done date:${now} stat:${receipt} err:000 text:`;
  return {
    source_addr: submitted.destination_addr ?? '',
    destination_addr: submitted.source_addr ?? '',
    esm_class: RECEIPT_CLASS,
    data_coding: 0,
    short_message: text,
    receipted_message_id: messageId,
    message_state: STATES[receipt],
  };
};

/** A short message centre speaking SMPP 3.4: takes bound transceivers, joins parts, sends receipts, fails on demand. */
export class Smsc {
  private readonly bound = new Set<Session>();
  private readonly waitingReceipts: PduFields[] = [];
  private readonly unfinished = new Map<string, { id: string; texts: string[] }>();
  private readonly server = smpp.createServer((session) => this.serve(session));
  /** Starts at the clock, so that ids given before a restart do not come back. */
  private lastId = Date.now();

  constructor(
    private readonly options: SmscOptions,
    private readonly mailbox: Mailbox,
    private readonly faults: Faults,
  ) {}

  /** Resolves with the port it took; rejects when the port is busy. */
  async listen(host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection, as a falling SMSC does; the server goes on listening. */
  disconnectAll(): void {
    this.bound.clear();
    for (const session of [...this.server.sessions]) session.destroy();
  }

  get boundSessions(): number {
    return this.bound.size;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.disconnectAll();
    await closed;
  }

  private serve(session: Session): void {
    session.on('error', () => session.destroy());
    session.on('close', () => this.bound.delete(session));
    session.on('bind_transceiver', (pdu: PDU) => this.bind(session, pdu));
    session.on('submit_sm', (pdu: PDU) => this.submit(session, pdu));
    session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
  }

  private bind(session: Session, pdu: PDU): void {
    if (pdu.system_id !== this.options.systemId || pdu.password !== this.options.password) {
      session.send(pdu.response({ command_status: smpp.errors.ESME_RINVPASWD ?? 0x0e }));
      return;
    }
    session.send(pdu.response({ system_id: 'SANDBOX-SMSC' }));
    this.bound.add(session);
    for (const receipt of this.waitingReceipts.splice(0)) this.deliver(receipt);
  }

  private submit(session: Session, pdu: PDU): void {
    if (!this.bound.has(session)) {
      session.send(pdu.response({ command_status: smpp.errors.ESME_RINVBNDSTS ?? 0x04 }));
      return;
    }
    if (this.faults.strikes('sms.throttled')) {
      session.send(pdu.response({ command_status: smpp.errors.ESME_RTHROTTLED ?? 0x58 }));
      return;
    }
    if (this.faults.strikes('sms.disconnect')) {
      session.destroy();
      return;
    }
    const messageId = (++this.lastId).toString(16);
    const receipt: Receipt | null = !pdu.registered_delivery
      ? null
      : this.faults.strikes('sms.undelivered')
        ? 'UNDELIV'
        : 'DELIVRD';
    this.take(pdu, receipt);
    const answer = () => session.send(pdu.response({ message_id: messageId }));
    const report = () => receipt && this.deliver(receiptOf(pdu, messageId, receipt));
    if (this.faults.strikes('sms.receipt-first')) {
      report();
      answer();
    } else {
      answer();
      report();
    }
  }

  private take(pdu: PDU, receipt: Receipt | null): void {
    const place = placeOf(pdu) ?? { reference: -1, total: 1, number: 1 };
    const to = pdu.destination_addr ?? '';
    const from = pdu.source_addr ?? '';
    const key = `${from}|${to}|${place.reference}|${place.total}`;
    const whole = this.unfinished.get(key) ?? { id: randomUUID(), texts: [] };
    whole.texts[place.number - 1] = String(pdu.short_message?.message ?? '');
    const partsReceived = whole.texts.filter((text) => text !== undefined).length;
    if (partsReceived < place.total) this.unfinished.set(key, whole);
    else this.unfinished.delete(key);
    const message: ReceivedSms = {
      channel: 'sms',
      id: whole.id,
      at: new Date().toISOString(),
      to: to.replace(/^(?=\d{11}$)/, '+'),
      from,
      text: Array.from({ length: place.total }, (_, index) => whole.texts[index] ?? '[…]').join(''),
      parts: place.total,
      partsReceived,
      coding: CODINGS[pdu.data_coding ?? 0] ?? `DCS ${pdu.data_coding ?? 0}`,
      receipt,
    };
    this.mailbox.put(message);
  }

  /** To any bound session of the account, as an SMSC does; kept until one binds. Refused receipts are tried again. */
  private deliver(receipt: PduFields): void {
    const [session] = [...this.bound].slice(-1);
    const sent = session?.deliver_sm(receipt, (response) => {
      if (response.command_status !== 0) setTimeout(() => this.deliver(receipt), 1000).unref();
    });
    if (!sent) this.waitingReceipts.push(receipt);
  }
}
