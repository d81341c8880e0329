import { ConsecutiveBreaker, ExponentialBackoff, TimeoutStrategy, circuitBreaker, handleType, retry, timeout, wrap } from 'cockatiel';
import { request } from 'undici';
import { EsiaAccessEnded, PersonRegistryUnavailable } from '../domain/person.errors.js';

const ATTEMPT_MS = 3_000;
const RETRIES = 2;
const BREAKER_FAILURES = 5;
const BREAKER_OPEN_MS = 15_000;

/** ESIA answered that the citizen did not grant this resource (403). */
export class NotGranted extends Error {}

/** A failure that another try may mend: no connection, no answer in time, 5xx, a page instead of data. */
class TransientFailure extends Error {}

/** The REST side of ESIA (`/rs/…`, fact sheet of external systems §1.6): one GET, with time limits, retries and a circuit breaker. */
export class EsiaApi {
  private readonly policy = wrap(
    retry(handleType(TransientFailure), { maxAttempts: RETRIES, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 800 }) }),
    circuitBreaker(handleType(TransientFailure), {
      halfOpenAfter: BREAKER_OPEN_MS,
      breaker: new ConsecutiveBreaker(BREAKER_FAILURES),
    }),
  );
  private readonly limit = timeout(ATTEMPT_MS, TimeoutStrategy.Aggressive);
  private readonly origin: string;

  constructor(private readonly baseUrl: string) {
    this.origin = new URL(baseUrl).origin;
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
    // Some failures of ESIA come as an HTML page, whatever the status says.
    if (answer.status !== 200 || !answer.mediaType.includes('json')) throw new TransientFailure(`${answer.status} ${answer.mediaType}`);
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
