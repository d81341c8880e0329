import { Injectable, Logger } from '@nestjs/common';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  type IPolicy,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { DomainError } from '../../../kernel/domain-error.js';

/** How long an outside system is waited for: one call, and how many more are tried. */
export class Patience {
  constructor(
    readonly callMs: number,
    readonly retries: number,
    /** A system that failed five calls in a row is left alone for so long. */
    readonly restMs: number,
  ) {}
}

const FAILURES_IN_A_ROW = 5;

/** A refusal is an answer: it is neither repeated nor counted as a failure. */
const isTrouble = (error: Error): boolean => !(error instanceof DomainError);

/** Makes the guarded line to one outside system. */
@Injectable()
export class OutsideCalls {
  constructor(private readonly patience: Patience) {}

  to(system: string): OutsideLine {
    const { callMs, retries, restMs } = this.patience;
    return new OutsideLine(
      system,
      wrap(
        retry(
          handleWhen((error) => isTrouble(error) && !isBrokenCircuitError(error)),
          { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }) },
        ),
        circuitBreaker(handleWhen(isTrouble), {
          halfOpenAfter: restMs,
          breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
        }),
        timeout(callMs, TimeoutStrategy.Aggressive),
      ),
    );
  }
}

/** Calls to one system: each has a time limit, is repeated with growing pauses, and rests after many failures. */
export class OutsideLine {
  private readonly logger: Logger;

  constructor(
    system: string,
    private readonly policy: IPolicy<{ readonly signal: AbortSignal }>,
  ) {
    this.logger = new Logger(system);
  }

  /** Runs an idempotent call. Domain errors pass; any other failure becomes `unavailable()`, its cause goes to the log. */
  async run<T>(call: (signal: AbortSignal) => Promise<T>, unavailable: () => DomainError): Promise<T> {
    try {
      return await this.policy.execute(({ signal }) => call(signal));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      this.logger.warn(error instanceof Error ? error.message : String(error));
      throw unavailable();
    }
  }
}

/** An answer that no right-minded server gives. The message goes to the log: never the answer itself, it may hold personal data. */
export class UnreadableAnswer extends Error {}

/** Reads JSON of the expected shape, nothing of which is certain. Throws UnreadableAnswer. */
export const readJson = <T extends object>(text: string): T => {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer as T;
  } catch {
    // said below, without the text that JSON.parse quotes
  }
  throw new UnreadableAnswer('not a JSON object');
};
