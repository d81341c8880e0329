import smpp, { type PDU, type PduFields, type Session } from 'smpp';
import { ChannelUnavailable } from '../application/ports/channel.errors.js';

export interface SmppSettings {
  /** `smpp://host:2775`, or `ssmpp://host:3550` for TLS. */
  readonly url: string;
  readonly systemId: string;
  readonly password: string;
}

export interface SmppTimings {
  readonly responseMs: number;
  /** First pause before reconnecting; it doubles up to a minute. */
  readonly reconnectMs: number;
  readonly enquireMs: number;
}

const MAX_RECONNECT_MS = 60_000;

/**
 * One lasting bound session with a message centre. Opened by the first message; when it breaks it is opened again with
 * growing pauses, because receipts only come to a bound session.
 */
export class SmppConnection {
  private session: Promise<Session> | null = null;
  /** The socket that counts: what a former one still has to say is of no interest. */
  private current: Session | null = null;
  private closed = false;
  private failures = 0;
  private reconnecting: NodeJS.Timeout | undefined;
  private readonly broken = new Set<(reason: ChannelUnavailable) => void>();

  constructor(
    private readonly settings: SmppSettings,
    /** Resolves when the receipt is stored: only then the centre is told that it came. */
    private readonly onDeliver: (pdu: PDU) => Promise<void>,
    private readonly timings: SmppTimings,
  ) {}

  /** Sends one message and waits for the answer, whatever its status. Throws ChannelUnavailable when none comes. */
  async submit(fields: PduFields): Promise<PDU> {
    const session = await this.bound();
    return this.request((onResponse) => session.submit_sm(fields, onResponse));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnecting);
    const session = await this.session?.catch(() => null);
    if (!session) return;
    await this.request<PDU>((onResponse) => session.unbind(onResponse)).catch(() => undefined);
    session.destroy();
  }

  private bound(): Promise<Session> {
    if (this.closed) throw new ChannelUnavailable('The connection to the message centre was closed');
    this.session ??= this.open();
    return this.session;
  }

  private async open(): Promise<Session> {
    clearTimeout(this.reconnecting);
    const session = smpp.connect({ url: this.settings.url, auto_enquire_link_period: this.timings.enquireMs });
    this.current = session;
    session.on('close', () => this.lost(session, 'The message centre closed the connection'));
    session.on('error', (error: Error) => {
      this.lost(session, error.message);
      session.destroy();
    });
    session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('deliver_sm', (pdu: PDU) => {
      this.onDeliver(pdu).then(
        () => session.send(pdu.response()),
        () => session.send(pdu.response({ command_status: smpp.errors.ESME_RX_T_APPN ?? 0x64 })),
      );
    });
    try {
      const connected = this.settings.url.startsWith('ssmpp:') ? 'secureConnect' : 'connect';
      await this.request<void>((onConnected) => session.once(connected, onConnected) === session);
      const { systemId, password } = this.settings;
      const bind = { system_id: systemId, password, interface_version: 0x34 };
      const answer = await this.request<PDU>((onResponse) => session.bind_transceiver(bind, onResponse));
      if (answer.command_status !== 0)
        throw new ChannelUnavailable(`Binding was refused with status ${answer.command_status}`);
    } catch (error) {
      this.lost(session, 'The session could not be opened');
      session.destroy();
      throw error;
    }
    this.failures = 0;
    return session;
  }

  /** Waits for an answer, a break or the time-out. */
  private request<T>(send: (onResponse: (response: T) => void) => boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.broken.delete(fail);
      };
      const fail = (reason: ChannelUnavailable) => {
        done();
        reject(reason);
      };
      const timer = setTimeout(
        () => fail(new ChannelUnavailable('The message centre does not answer')),
        this.timings.responseMs,
      );
      this.broken.add(fail);
      const sent = send((response) => {
        done();
        resolve(response);
      });
      if (!sent) fail(new ChannelUnavailable('The connection to the message centre is broken'));
    });
  }

  private lost(session: Session, reason: string): void {
    if (session !== this.current) return;
    this.current = null;
    for (const fail of [...this.broken]) fail(new ChannelUnavailable(reason));
    this.session = null;
    if (this.closed) return;
    const pause = Math.min(this.timings.reconnectMs * 2 ** this.failures, MAX_RECONNECT_MS);
    this.failures += 1;
    clearTimeout(this.reconnecting);
    this.reconnecting = setTimeout(() => void this.bound().catch(() => undefined), pause).unref();
  }
}
