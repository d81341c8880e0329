import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Sql } from '../persistence/sql.js';
import { TooManyRequests } from './http.errors.js';

const RATE_LIMIT_METADATA = 'platform:rate-limit';

interface Limit {
  readonly max: number;
  readonly perSeconds: number;
}

/** At most `max` calls of the handler in `perSeconds` by one account, member of staff or (nobody signed in) address. */
export const RateLimit = (limit: Limit): MethodDecorator => SetMetadata(RATE_LIMIT_METADATA, limit);

/** Counts in PostgreSQL, so that any number of web processes share one limit; while it does not answer, in memory. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limiters = new Map<string, RateLimiterPostgres>();

  constructor(
    private readonly reflector: Reflector,
    private readonly sql: Sql,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const limit = this.reflector.get<Limit | undefined>(RATE_LIMIT_METADATA, context.getHandler());
    if (!limit) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = `${context.getClass().name}.${context.getHandler().name}`;
    const caller = request.citizen?.accountId ?? request.staff?.staffId ?? request.ip;
    try {
      await this.limiterOf(route, limit).consume(caller);
      return true;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw new TooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
      throw refusal;
    }
  }

  private limiterOf(route: string, { max, perSeconds }: Limit): RateLimiterPostgres {
    let limiter = this.limiters.get(route);
    if (!limiter) {
      const shared = { keyPrefix: route, points: max, duration: perSeconds };
      limiter = new RateLimiterPostgres({
        ...shared,
        storeClient: this.sql.pool,
        storeType: 'pool',
        schemaName: 'platform',
        tableName: 'rate_limit',
        tableCreated: true,
        insuranceLimiter: new RateLimiterMemory(shared),
      });
      this.limiters.set(route, limiter);
    }
    return limiter;
  }
}
