/** A letter ready to be posted. */
export interface Letter {
  readonly to: string;
  /** One line; the adapter cuts it to 78 characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same at every repeat, so that a mailbox can tell one. */
  readonly deliveryId: string;
}

/** Posts letters. Throws ChannelUnavailable and MessageRefused. */
export abstract class EmailSender {
  /** Resolves when the mail server has taken the letter, which is not yet a delivery. */
  abstract send(letter: Letter): Promise<void>;
}
