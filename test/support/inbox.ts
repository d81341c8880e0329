import { eventually } from './eventually.js';

interface Message {
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
}

/** Waits until the inbox holds, for this address, a message of the channel with each of the words, whatever their case. SMS and letters come through the queue. */
export async function arrived(
  inbox: string,
  channel: 'sms' | 'email',
  to: string,
  ...words: readonly string[]
): Promise<void> {
  for (const word of words) {
    await eventually(`${channel} to ${to}: ${word}`, async () => {
      const query = new URLSearchParams({ channel, to });
      const messages = (await (await fetch(`${inbox}/messages.json?${query}`)).json()) as Message[];
      return messages.some(({ subject = '', text }) => `${subject} ${text}`.toLowerCase().includes(word.toLowerCase()));
    });
  }
}
