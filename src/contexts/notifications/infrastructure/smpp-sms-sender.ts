import { randomInt } from 'node:crypto';
import { type OnApplicationShutdown } from '@nestjs/common';
import smpp, { type PDU, type PduFields } from 'smpp';
import { ChannelUnavailable, MessageRefused } from '../application/ports/channel.errors.js';
import { type SmsReceipts, SmsSender, type SmsReceiptState } from '../application/ports/sms-sender.js';
import { SmppConnection, type SmppSettings, type SmppTimings } from './smpp-connection.js';
import { smsParts } from './sms-parts.js';

const UCS2 = 8;
const ALPHANUMERIC = { source_addr_ton: 5, source_addr_npi: 0 };
const INTERNATIONAL = { dest_addr_ton: 1, dest_addr_npi: 1 };
/** Bits of esm_class that say what a deliver_sm is; 0x04 is a receipt. */
const MESSAGE_TYPE = 0x3c;
const RECEIPT = 0x04;
/** message_state of SMPP 3.4; expired, deleted, undeliverable and rejected never reach the telephone. */
const DELIVERED = 2;
const LOST: readonly number[] = [3, 4, 5, 8];
const WORDS: Readonly<Record<string, number>> = { DELIVRD: DELIVERED, EXPIRED: 3, DELETED: 4, UNDELIV: 5, REJECTD: 8 };
/** The centre is overloaded or ill; the message is not to blame. Numbers: SMPP 3.4, 5.1.3. */
const TEMPORARY: readonly number[] = [0x08, 0x14, 0x58, 0x64];
const THROTTLED = smpp.errors.ESME_RTHROTTLED ?? 0x58;
const THROTTLE_TRIES = 3;

export interface SmppSmsSenderOptions extends Partial<SmppTimings> {
  /** Pause after «too often»; it doubles. */
  readonly throttlePauseMs?: number;
}

/** Text messages over SMPP 3.4 by one transceiver session. Every text goes as UCS-2: ours are Russian. */
export class SmppSmsSender extends SmsSender implements OnApplicationShutdown {
  private readonly connection: SmppConnection;
  private readonly throttlePauseMs: number;
  private reference = randomInt(256);

  constructor(
    private readonly settings: SmppSettings & { readonly sender: string },
    private readonly receipts: SmsReceipts,
    {
      responseMs = 10_000,
      reconnectMs = 1_000,
      enquireMs = 30_000,
      throttlePauseMs = 1_000,
    }: SmppSmsSenderOptions = {},
  ) {
    super();
    this.throttlePauseMs = throttlePauseMs;
    this.connection = new SmppConnection(settings, (pdu) => this.takeReceipt(pdu), {
      responseMs,
      reconnectMs,
      enquireMs,
    });
  }

  async send({ to, text }: { to: string; text: string }): Promise<{ messageIds: readonly string[] }> {
    const parts = smsParts(text);
    const reference = (this.reference = (this.reference + 1) % 256);
    const messageIds: string[] = [];
    for (const [index, message] of parts.entries()) {
      const header = Buffer.from([5, 0, 3, reference, parts.length, index + 1]);
      messageIds.push(
        await this.submitPart({
          ...ALPHANUMERIC,
          ...INTERNATIONAL,
          source_addr: this.settings.sender,
          destination_addr: to.replace('+', ''),
          registered_delivery: 1,
          data_coding: UCS2,
          short_message: parts.length === 1 ? message : { udh: header, message },
        }),
      );
    }
    return { messageIds };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }

  /** A throttled part is tried again in place: to begin the whole message anew would repeat the parts already taken. */
  private async submitPart(fields: PduFields): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      const { command_status: status, message_id: messageId } = await this.connection.submit(fields);
      if (status === 0) return messageId ?? '';
      if (!TEMPORARY.includes(status)) throw new MessageRefused(`submit_sm was refused with status ${status}`);
      if (status !== THROTTLED || attempt === THROTTLE_TRIES)
        throw new ChannelUnavailable(`submit_sm was put off with status ${status}`);
      await new Promise((resolve) => setTimeout(resolve, this.throttlePauseMs * 2 ** attempt));
    }
  }

  /** Interim states and messages from telephones are acknowledged and passed over. */
  private async takeReceipt(pdu: PDU): Promise<void> {
    if (((pdu.esm_class ?? 0) & MESSAGE_TYPE) !== RECEIPT) return;
    const text = String(pdu.short_message?.message ?? '');
    const messageId = pdu.receipted_message_id || /\bid:(\S+)/.exec(text)?.[1];
    const state = pdu.message_state ?? WORDS[/\bstat:(\w+)/.exec(text)?.[1] ?? ''];
    const outcome = outcomeOf(state);
    if (messageId && outcome) await this.receipts.record(messageId, outcome);
  }
}

const outcomeOf = (state: number | undefined): SmsReceiptState | null => {
  if (state === DELIVERED) return 'DELIVERED';
  return state !== undefined && LOST.includes(state) ? 'UNDELIVERED' : null;
};
