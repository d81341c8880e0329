import { randomUUID } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { type Faults } from './faults.js';
import { type Mailbox } from './mailbox.js';

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

/** A mail server that takes letters for anybody and shows them instead of passing them on. */
export class SmtpSink {
  private readonly server: SMTPServer;

  constructor(
    private readonly port: number,
    private readonly mailbox: Mailbox,
    faults: Faults,
  ) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: (_address, _session, callback) => {
        if (faults.strikes('email.busy')) callback(refusal(421, 'Service not available, try again later'));
        else if (faults.strikes('email.rejected')) callback(refusal(550, 'No such mailbox'));
        else callback();
      },
      onData: (stream, session, callback) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        buffer(stream)
          .then((raw) => this.take(raw, recipients))
          .then(
            () => callback(null),
            (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
          );
      },
    });
    this.server.on('error', () => undefined); // a client that broke off is no trouble of the sandbox
  }

  /** Resolves with the port it took; rejects when the port is busy. */
  async listen(host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(this.port, host, resolve);
    });
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async take(raw: Buffer, recipients: readonly string[]): Promise<void> {
    const letter = await PostalMime.parse(raw);
    this.mailbox.put({
      channel: 'email',
      id: randomUUID(),
      at: new Date().toISOString(),
      to: recipients.join(', '),
      from: letter.from?.address ?? '',
      subject: letter.subject ?? '',
      text: letter.text ?? '',
      html: letter.html ?? null,
      messageId: letter.messageId ?? null,
      headers: Object.fromEntries(letter.headers.map(({ key, value }) => [key, value])),
    });
  }
}
