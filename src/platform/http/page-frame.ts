import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Views } from '../views/views.js';
import { VISION_COOKIE } from '../views/vision.js';
import { type Page } from './page.js';

const NOTICE_COOKIE = '__Host-notice';

/** Answers the number at the bell of the header. Given by the root module, which knows the notifications context. */
export abstract class UnreadCounter {
  abstract countFor(accountId: string): Promise<number>;
}

/** Puts round a page what does not depend on it: who is signed in, the tokens of its forms, the notice of the previous step. */
@Injectable()
export class PageFrame {
  constructor(
    private readonly views: Views,
    private readonly unread: UnreadCounter,
  ) {}

  async render(shown: Page, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const citizen = request.citizen ?? null;
    const page = {
      citizen,
      staff: request.staff ?? null,
      csrfToken: reply.generateCsrf(),
      idempotencyKey: randomUUID(),
      unreadCount: shown.unreadCount ?? (citizen ? await this.unreadCountOf(citizen.accountId) : 0),
      notice: this.takeNotice(request, reply),
      path: request.url.split('?')[0] ?? '/',
      vision: request.cookies[VISION_COOKIE] ?? '',
    };
    void reply.header('cache-control', 'no-store');
    return this.views.render(shown.template, { ...shown.model, page }, shown.layout);
  }

  /** Keeps a message code for the next page of this browser. */
  leaveNotice(reply: FastifyReply, code: string): void {
    void reply.setCookie(NOTICE_COOKIE, code, { path: '/', httpOnly: true, secure: true, sameSite: 'lax', signed: true, maxAge: 60 });
  }

  private takeNotice(request: FastifyRequest, reply: FastifyReply): string | null {
    const cookie = request.cookies[NOTICE_COOKIE];
    if (!cookie) return null;
    void reply.clearCookie(NOTICE_COOKIE, { path: '/', secure: true });
    const { valid, value } = request.unsignCookie(cookie);
    return valid ? value : null;
  }

  /** The bell is a convenience: a page never fails because of it. */
  private async unreadCountOf(accountId: string): Promise<number> {
    try {
      return await this.unread.countFor(accountId);
    } catch {
      return 0;
    }
  }
}
