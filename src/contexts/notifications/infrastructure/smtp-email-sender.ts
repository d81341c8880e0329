import { type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { ChannelUnavailable, MessageRefused } from '../application/ports/channel.errors.js';
import { EmailSender, type Letter } from '../application/ports/email-sender.js';

export interface SmtpSettings {
  /** `smtp://[user:password@]host:port`, `smtps://` for TLS from the first byte. With a password STARTTLS is insisted on. */
  readonly url: string;
  /** `Name <address>`. */
  readonly from: string;
  /** Address of the portal, for the unsubscribe header and the names of letters. */
  readonly publicUrl: string;
}

const TIMEOUT_MS = 10_000;
/** RFC 5322, 2.1.1: lines should be no longer. */
const MAX_SUBJECT = 78;

/** One line of at most 78 characters: a line end in a subject would begin a header of somebody else's choice. */
export const subjectLine = (subject: string): string => {
  const characters = [...subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()];
  return characters.length <= MAX_SUBJECT ? characters.join('') : `${characters.slice(0, MAX_SUBJECT - 1).join('')}…`;
};

/** What nodemailer tells of a failure. */
interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
}

/** Letters over SMTP by a pool of connections. */
export class SmtpEmailSender extends EmailSender implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(private readonly settings: SmtpSettings) {
    super();
    const { protocol, username } = new URL(settings.url);
    this.transport = createTransport({
      url: settings.url,
      pool: true,
      maxConnections: 3,
      // A connection that broke may have delivered: repeating is decided by the delivery, not by the pool.
      maxRequeues: 0,
      requireTLS: protocol === 'smtp:' && username !== '',
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  async send({ to, subject, text, html, deliveryId }: Letter): Promise<void> {
    const { from, publicUrl } = this.settings;
    try {
      await this.transport.sendMail({
        from,
        to: { name: '', address: to },
        subject: subjectLine(subject),
        text,
        html,
        messageId: `<${deliveryId}@${new URL(publicUrl).hostname}>`,
        list: { unsubscribe: `${publicUrl}/settings` },
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw refusalOf(error as SmtpFailure & Error);
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

/** 5xx to the address or the letter is final; to our own login it is not the letter's fault. */
const refusalOf = (error: SmtpFailure & Error): Error => {
  const isFinal = (error.responseCode ?? 0) >= 500 && error.code !== 'EAUTH';
  // The server's words may repeat the address: only the numbers go on.
  const reason = `SMTP: ${error.code ?? 'failed'} ${error.responseCode ?? ''}`.trim();
  return isFinal ? new MessageRefused(reason) : new ChannelUnavailable(reason);
};
