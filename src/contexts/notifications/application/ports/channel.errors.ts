/** The channel cannot take a message now: down, busy, or told to wait. The message has to be tried again. */
export class ChannelUnavailable extends Error {
  constructor(
    reason: string,
    /** Seconds the channel asked to wait for, when it said so. */
    readonly retryAfterSeconds: number | null = null,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** The channel will never take this message or this address. */
export class MessageRefused extends Error {}
