import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { type FastifyReply, type FastifyRequest } from 'fastify';

/** Passport writes its redirect to a Node response; this passes it on to Fastify, cookies included. */
class RedirectThroughFastify {
  statusCode = 302;

  constructor(
    private readonly reply: FastifyReply,
    private readonly redirected: () => void,
  ) {}

  setHeader(name: string, value: string): void {
    void this.reply.header(name, value);
  }

  end(): void {
    void this.reply.code(this.statusCode).send();
    this.redirected();
  }
}

/** Runs the ESIA strategy. After a redirect the answer has gone and the handler is not reached. */
@Injectable()
export class EsiaGuard extends AuthGuard('esia') {
  private readonly responses = new WeakMap<object, RedirectThroughFastify>();

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = Object.assign(http.getRequest<FastifyRequest>(), { signInReply: reply });
    const redirect = Promise.withResolvers<false>();
    this.responses.set(request, new RedirectThroughFastify(reply, () => redirect.resolve(false)));
    return Promise.race([super.canActivate(context) as Promise<boolean>, redirect.promise]);
  }

  getResponse(context: ExecutionContext): unknown {
    return this.responses.get(context.switchToHttp().getRequest());
  }

  override handleRequest<User>(error: unknown, user: User): User {
    if (error instanceof Error) throw error;
    return user;
  }
}
