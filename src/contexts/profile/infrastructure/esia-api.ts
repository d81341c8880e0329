import {
  ConsecutiveBreaker,
  ExponentialBackoff,
  type IPolicy,
  TimeoutStrategy,
  circuitBreaker,
  handleType,
  retry,
  timeout,
  wrap,
} from 'cockatiel';
import { request } from 'undici';
import { EsiaAccessEnded, PersonRegistryUnavailable } from '../domain/person.errors.js';

/**
 * How long one try may take, how many more follow a failed one, and when to stop asking a dead ESIA for a while.
 * A citizen may be waiting for the page: all tries together stay about five seconds.
 */
export interface EsiaLimits {
  readonly attemptMs: number;
  readonly retries: number;
  readonly failuresToOpen: number;
  readonly openMs: number;
}
const LIMITS: EsiaLimits = { attemptMs: 2_500, retries: 1, failuresToOpen: 6, openMs: 15_000 };

/** ESIA answered that the citizen did not grant this resource (403). */
export class NotGranted extends Error {}

/** A failure that another try may mend: no connection, no answer in time, 5xx, a page instead of data. */
class TransientFailure extends Error {}

/** The REST side of ESIA (`/rs/…`, fact sheet of external systems §1.6): one GET, with time limits, retries and a circuit breaker. */
export class EsiaApi {
  private readonly policy: IPolicy;
  private readonly limit: IPolicy;
  private readonly origin: string;

  constructor(
    private readonly baseUrl: string,
    { attemptMs, retries, failuresToOpen, openMs }: EsiaLimits = LIMITS,
  ) {
    this.origin = new URL(baseUrl).origin;
    this.limit = timeout(attemptMs, TimeoutStrategy.Aggressive);
    const transient = handleType(TransientFailure);
    this.policy = wrap(
      retry(transient, { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 800 }) }),
      circuitBreaker(transient, { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) }),
    );
  }

  /**
   * The JSON at `address`: a path below the base address, or an URL that ESIA itself named. Throws NotGranted, EsiaAccessEnded,
   * PersonRegistryUnavailable.
   */
  async get(address: string, accessToken: string): Promise<unknown> {
    const url = new URL(address, this.baseUrl);
    // The token must not travel to another host, whatever a list of addresses says.
    if (url.origin !== this.origin) throw new PersonRegistryUnavailable();
    try {
      return await this.policy.execute(() => this.attempt(url, accessToken));
    } catch (error) {
      if (error instanceof NotGranted || error instanceof EsiaAccessEnded) throw error;
      throw new PersonRegistryUnavailable();
    }
  }

  private async attempt(url: URL, accessToken: string): Promise<unknown> {
    const answer = await this.fetch(url, accessToken);
    if (answer.status === 401) throw new EsiaAccessEnded();
    if (answer.status === 403) throw new NotGranted();
    // Asking again would not mend a request that ESIA finds wrong.
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) throw new PersonRegistryUnavailable();
    // Some failures of ESIA come as an HTML page, whatever the status says.
    if (answer.status !== 200 || !answer.mediaType.includes('json'))
      throw new TransientFailure(`${answer.status} ${answer.mediaType}`);
    try {
      return JSON.parse(answer.body) as unknown;
    } catch (cause) {
      throw new TransientFailure('not JSON', { cause });
    }
  }

  private async fetch(url: URL, accessToken: string) {
    try {
      return await this.limit.execute(async ({ signal }) => {
        const { statusCode, headers, body } = await request(url, {
          headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
          signal,
        });
        return { status: statusCode, mediaType: String(headers['content-type'] ?? ''), body: await body.text() };
      });
    } catch (cause) {
      throw new TransientFailure('no answer', { cause });
    }
  }
}
