import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, StreamableFile } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { from, type Observable, switchMap } from 'rxjs';
import { Readable } from 'node:stream';
import { Download, Page, SeeOther } from './page.js';
import { PageFrame } from './page-frame.js';

/** Turns what a handler returned (a page, a redirect, a file) into the answer; anything else passes through as JSON. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly frame: PageFrame) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(switchMap((result: unknown) => from(this.answer(result, http.getRequest(), http.getResponse()))));
  }

  private async answer(result: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (result instanceof Page) {
      const html = await this.frame.render(result, request, reply);
      void reply.status(result.status).type('text/html; charset=utf-8');
      return html;
    }
    if (result instanceof SeeOther) {
      if (result.notice) this.frame.leaveNotice(reply, result.notice);
      void reply.status(303).header('location', result.url); // Nest sends what we answer, so sending it here would send twice
      return undefined;
    }
    if (result instanceof Download) return this.sendFile(result, reply);
    return result;
  }

  /** RFC 5987 name, never sniffed, in a sandbox should it be opened (fact sheet §5.2). */
  private sendFile({ file, disposition }: Download, reply: FastifyReply): StreamableFile {
    void reply
      .type(file.mediaType)
      .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, escapeRfc5987)}`)
      .header('content-security-policy', disposition === 'inline' ? `${NOTHING_RUNS}; ${FRAME_OF_A_PICTURE}` : NOTHING_RUNS)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store');
    if (file.bytes !== undefined) void reply.header('content-length', file.bytes);
    const { content } = file;
    if (Buffer.isBuffer(content)) return new StreamableFile(content);
    return new StreamableFile(content instanceof Readable ? content : Readable.from(content));
  }
}

const NOTHING_RUNS = "sandbox; default-src 'none'";
/** A browser puts a page of its own round a picture, with styles inside. */
const FRAME_OF_A_PICTURE = "style-src 'unsafe-inline'";

const escapeRfc5987 = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
