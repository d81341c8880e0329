/** Sends text messages. Throws ChannelUnavailable and MessageRefused. */
export abstract class SmsSender {
  /**
   * `to` is `+79XXXXXXXXX`. Answers the ids the message centre gave to the parts; their receipts come later through
   * SmsReceipts. There is no idempotency key in SMPP: a repeat is a second message.
   */
  abstract send(sms: {
    readonly to: string;
    readonly text: string;
  }): Promise<{ readonly messageIds: readonly string[] }>;
}

/** What a receipt says of one part; the interim states of SMPP are not kept. */
export type SmsReceiptState = 'DELIVERED' | 'UNDELIVERED';

/** Brings receipts and deliveries together, in whatever order they come: a receipt may overtake the answer to its message. */
export abstract class SmsReceipts {
  /** These ids belong to this delivery. */
  abstract expect(deliveryId: string, messageIds: readonly string[]): Promise<void>;

  /** A receipt came. Repeats change nothing. */
  abstract record(messageId: string, state: SmsReceiptState): Promise<void>;
}
