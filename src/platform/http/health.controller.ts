import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, NotFoundException, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Sql } from '../persistence/sql.js';
import { Metrics } from '../observability/metrics.js';
import { Public } from './principal.js';

const THIS_MACHINE = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** For balancers and operators; says nothing about people. */
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly sql: Sql,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /** The process answers. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can serve: its database answers. 503 otherwise. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: 'ok' | 'unavailable'; database: 'up' | 'down' }> {
    try {
      await this.sql.query('select 1');
      return { status: 'ok', database: 'up' };
    } catch {
      void reply.status(503);
      return { status: 'unavailable', database: 'down' };
    }
  }

  /** Prometheus text, for whoever shows the token (`METRICS_TOKEN`), or for this machine where none is set; 404 for others. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(@Req() request: FastifyRequest): Promise<string> {
    if (!this.mayRead(request)) throw new NotFoundException();
    return this.metrics.read();
  }

  private mayRead({ ip, headers }: FastifyRequest): boolean {
    const { metricsToken } = this.config;
    if (metricsToken === undefined) return THIS_MACHINE.has(ip);
    const [shown, expected] = [headers.authorization ?? '', `Bearer ${metricsToken}`].map((text) => Buffer.from(text));
    return shown!.length === expected!.length && timingSafeEqual(shown!, expected!);
  }
}
