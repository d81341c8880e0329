import { randomUUID } from 'node:crypto';
import { OptimisticLockError } from '@mikro-orm/core';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';
import { type Message, Messages } from '../views/messages.js';
import { BodyTooLarge, NotSignedIn, StaffNotSignedIn, StaleForm, TooManyRequests } from './http.errors.js';
import { page, type Layout } from './page.js';
import { PageFrame } from './page-frame.js';
import { statusOfRefusal } from './refusal-status.js';

const SHOWN_STATUSES = new Set([403, 404, 409, 413, 415, 422, 429, 503]);

interface Problem {
  readonly status: number;
  readonly code: string | null;
  readonly details: Readonly<Record<string, string | number>>;
  readonly faults?: DomainError['faults'];
  readonly errorId: string | null;
}

/** The one place where errors become answers: problem+json (RFC 9457) for programs, a human page for browsers. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(
    private readonly frame: PageFrame,
    private readonly messages: Messages,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const signIn = error instanceof NotSignedIn ? '/auth/esia' : error instanceof StaffNotSignedIn ? '/office/sign-in' : null;
    if (signIn && !this.wantsJson(request)) {
      const back = request.method === 'GET' ? `?return=${encodeURIComponent(request.url)}` : '';
      return void reply.redirect(`${signIn}${back}`, 303);
    }
    const problem = this.problemOf(error);
    if (error instanceof BodyTooLarge) void reply.header('connection', 'close'); // what is still coming is not read
    if (error instanceof TooManyRequests) void reply.header('retry-after', error.retryAfterSeconds);
    const message = problem.code ? this.messages.find(problem.code, problem.details) : null;
    if (this.wantsJson(request)) {
      await reply.status(problem.status).type('application/problem+json').send(this.problemJson(problem, message));
      return;
    }
    await this.showPage(problem, message, request, reply);
  }

  private problemOf(error: unknown): Problem {
    const known = (status: number, code: string | null, details: Problem['details'] = {}): Problem => ({ status, code, details, errorId: null });
    if (error instanceof DomainError && error.kind === 'unavailable') this.logger.warn({ err: error }, 'Something we need does not answer');
    if (error instanceof DomainError) return { ...known(statusOfRefusal(error), error.code, error.details), faults: error.faults };
    if (error instanceof OptimisticLockError) return known(409, 'platform.changed-meanwhile');
    if (error instanceof NotSignedIn || error instanceof StaffNotSignedIn) return known(401, 'platform.not-signed-in');
    if (error instanceof BodyTooLarge) return known(413, 'platform.body-too-large');
    if (error instanceof StaleForm) return known(403, 'platform.stale-form');
    if (error instanceof TooManyRequests) return known(429, 'platform.too-many-requests', { seconds: error.retryAfterSeconds });
    const status = this.statusOf(error);
    if (status !== null && status < 500) return known(status, null);
    const errorId = randomUUID();
    this.logger.error({ err: error, errorId }, 'A request failed');
    return { status: 500, code: null, details: {}, errorId };
  }

  /** Nest's and Fastify's own refusals: no such route, malformed body, body too large. */
  private statusOf(error: unknown): number | null {
    if (error instanceof HttpException) return error.getStatus();
    const { statusCode } = (error ?? {}) as { statusCode?: unknown };
    return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : null;
  }

  private problemJson({ status, code, details, faults, errorId }: Problem, message: Message | null) {
    return { type: 'about:blank', title: message?.title ?? `HTTP ${status}`, detail: message?.text, status, code, ...details, faults, errorId: errorId ?? undefined };
  }

  private async showPage(problem: Problem, message: Message | null, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const shown = SHOWN_STATUSES.has(problem.status) ? problem.status : problem.status < 500 ? 400 : 500;
    const titles = this.messages.find(`platform.error-${shown}`, {});
    const model = { title: message?.title ?? titles?.title ?? '', message, errorId: problem.errorId };
    const html = await this.frame.render(page(`errors/${shown}`, model, { layout: this.layoutOf(request) }), request, reply);
    await reply.status(problem.status).type('text/html; charset=utf-8').send(html);
  }

  private layoutOf(request: FastifyRequest): Layout {
    if (request.staff) return 'office';
    return request.citizen ? 'cabinet' : 'public';
  }

  private wantsJson(request: FastifyRequest): boolean {
    const accept = request.headers.accept ?? '';
    return request.url.startsWith('/api/') || (accept.includes('json') && !accept.includes('text/html'));
  }
}
