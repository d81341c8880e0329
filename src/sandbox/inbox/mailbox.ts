/** What reached the people of the sandbox, newest last in memory, newest first for whoever asks. Lost with the process. */
export type InboxChannel = 'sms' | 'email' | 'push';

interface Received {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  readonly to: string;
  readonly from: string;
}

export interface ReceivedSms extends Received {
  readonly channel: 'sms';
  /** Parts joined in their order; a part that has not come yet reads `[…]`. */
  readonly text: string;
  readonly parts: number;
  readonly partsReceived: number;
  /** `GSM 03.38`, `Latin-1`, `UCS-2`, as the data coding scheme said. */
  readonly coding: string;
  /** What the receipt said, `DELIVRD` or `UNDELIV`; null while none was asked for. */
  readonly receipt: string | null;
}

export interface ReceivedEmail extends Received {
  readonly channel: 'email';
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface ReceivedPush extends Received {
  readonly channel: 'push';
  /** The decrypted payload as it was sent. */
  readonly payload: string;
  readonly ttl: number;
  readonly urgency: string | null;
  readonly topic: string | null;
}

export type ReceivedMessage = ReceivedSms | ReceivedEmail | ReceivedPush;

export interface InboxFilter {
  readonly channel?: InboxChannel;
  /** Part of the address. */
  readonly to?: string;
  /** Part of what is written in the message. */
  readonly search?: string;
}

const wordsOf = (message: ReceivedMessage): string => {
  switch (message.channel) {
    case 'sms':
      return message.text;
    case 'email':
      return `${message.subject} ${message.text}`;
    case 'push':
      return message.payload;
  }
};

const contains = (text: string, part: string | undefined): boolean =>
  !part || text.toLocaleLowerCase('ru').includes(part.toLocaleLowerCase('ru'));

const KEPT = 1000;

export class Mailbox {
  private messages: ReceivedMessage[] = [];

  /** Takes a message in, or replaces the one with its id (a further part, a receipt). The oldest leave after a thousand. */
  put(message: ReceivedMessage): void {
    const known = this.messages.findIndex(({ id }) => id === message.id);
    if (known >= 0) this.messages[known] = message;
    else this.messages = [...this.messages, message].slice(-KEPT);
  }

  list({ channel, to, search }: InboxFilter = {}): readonly ReceivedMessage[] {
    return this.messages
      .filter(
        (message) =>
          (!channel || message.channel === channel) && contains(message.to, to) && contains(wordsOf(message), search),
      )
      .reverse();
  }

  clear(): void {
    this.messages = [];
  }
}
