import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  type IPolicy,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { request } from 'undici';
import { IdentityProviderUnavailable } from '../../domain/sign-in.errors.js';

/** How long to wait and how often to try. */
export interface EsiaPatience {
  readonly timeoutMs: number;
  readonly retries: number;
  readonly firstDelayMs: number;
}

export interface EsiaAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** No usable answer came. `repeatable` when ESIA cannot have acted on the request. */
class NoAnswer extends Error {
  constructor(
    readonly repeatable: boolean,
    cause?: unknown,
  ) {
    super('ESIA gave no usable answer', { cause });
  }
}

const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const BREAK_AFTER = 5;
const HALF_OPEN_AFTER_MS = 10_000;

/** HTTP to ESIA with a time limit, retries where they are safe, and a circuit breaker. Throws IdentityProviderUnavailable. */
export class EsiaClient {
  private readonly policy: IPolicy;

  constructor(
    private readonly baseUrl: string,
    patience: EsiaPatience,
  ) {
    this.policy = wrap(
      retry(
        handleWhen((error) => error instanceof NoAnswer && error.repeatable),
        { maxAttempts: patience.retries, backoff: new ExponentialBackoff({ initialDelay: patience.firstDelayMs }) },
      ),
      circuitBreaker(handleAll, { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: new ConsecutiveBreaker(BREAK_AFTER) }),
      timeout(patience.timeoutMs, TimeoutStrategy.Aggressive),
    );
  }

  get(path: string, accessToken: string): Promise<EsiaAnswer> {
    const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
    return this.run((signal) => request(`${this.baseUrl}${path}`, { headers, signal }), true);
  }

  /** A form POST. It may use up what it carries, so it is repeated only when it cannot have reached ESIA. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<EsiaAnswer> {
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    return this.run((signal) => request(`${this.baseUrl}${path}`, { method: 'POST', headers, body, signal }), false);
  }

  private async run(
    send: (signal: AbortSignal) => ReturnType<typeof request>,
    idempotent: boolean,
  ): Promise<EsiaAnswer> {
    try {
      return await this.policy.execute(async ({ signal }) => {
        try {
          const { statusCode, headers, body } = await send(signal);
          if (statusCode >= 500) {
            await body.dump();
            throw new NoAnswer(idempotent || statusCode === 503);
          }
          // Some failures come back as an HTML page.
          if (!String(headers['content-type']).includes('json')) {
            await body.dump();
            throw new NoAnswer(false);
          }
          return { status: statusCode, body: (await body.json()) as Record<string, unknown> };
        } catch (error) {
          if (error instanceof NoAnswer) throw error;
          const { code } = error as { code?: string };
          throw new NoAnswer(idempotent || NOT_CONNECTED.has(code ?? ''), error);
        }
      });
    } catch {
      throw new IdentityProviderUnavailable();
    }
  }
}
