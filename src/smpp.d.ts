/** The part of the package `smpp` (node-smpp 0.5.1, no types of its own) that this repository uses. */
declare module 'smpp' {
  import { type EventEmitter } from 'node:events';
  import { type Server as NetServer } from 'node:net';

  /** Decoded text of a message; `udh` holds the elements of the user data header, each without the length byte of the header. */
  export interface ShortMessage {
    readonly message: string | Buffer;
    readonly udh?: readonly Buffer[];
  }

  export interface PDU {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly esm_class?: number;
    readonly data_coding?: number;
    readonly registered_delivery?: number;
    readonly message_id?: string;
    readonly short_message?: ShortMessage;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    isResponse(): boolean;
    response(fields?: PduFields): PDU;
  }

  export type PduFields = Readonly<Record<string, string | number | Buffer | { udh: Buffer; message: string }>>;
  type ResponseCallback = (response: PDU) => void;

  /** Commands return false and call nothing back when the socket is not writable. */
  export interface Session extends EventEmitter {
    bind_transceiver(fields: PduFields, onResponse: ResponseCallback): boolean;
    submit_sm(fields: PduFields, onResponse: ResponseCallback): boolean;
    deliver_sm(fields: PduFields, onResponse: ResponseCallback): boolean;
    enquire_link(onResponse?: ResponseCallback): boolean;
    unbind(onResponse?: ResponseCallback): boolean;
    send(pdu: PDU): boolean;
    close(onClosed?: () => void): void;
    destroy(onClosed?: () => void): void;
  }

  export type Server = NetServer & { readonly sessions: readonly Session[] };

  interface Smpp {
    connect(options: { url: string; auto_enquire_link_period?: number }): Session;
    createServer(onSession: (session: Session) => void): Server;
    readonly errors: Readonly<Record<string, number>>;
  }

  const smpp: Smpp;
  export default smpp;
}
