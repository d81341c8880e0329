import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type EsiaErrorCode, isEsiaErrorCode } from './esia-error.js';

const PLACES = ['authorize', 'token', 'rest'] as const;
export type FaultPlace = (typeof PLACES)[number];

const DEFECTS = ['signature', 'issuer', 'audience', 'expired', 'state'] as const;
/** What is wrong with an otherwise proper token answer. */
export type TokenDefect = (typeof DEFECTS)[number];

const KINDS = ['esia-error', 'html-page', 'unavailable', 'hang', 'reset', 'token-defect'] as const;

/** A failure to play: at which door, of which kind, how many times. */
export interface Fault {
  readonly at: FaultPlace;
  readonly kind: (typeof KINDS)[number];
  /** With `esia-error`. */
  readonly code?: EsiaErrorCode;
  /** With `token-defect`. */
  readonly defect?: TokenDefect;
  /** 1 unless told. */
  readonly times?: number;
}

/** The failures ordered for the next requests; each is used up as requests meet it. */
export class Faults {
  private pending: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.pending = [];
  }

  /** The next failure at this door, if any; it counts as played. */
  take(at: FaultPlace): Fault | null {
    const next = this.pending.find((entry) => entry.fault.at === at);
    if (!next) return null;
    next.left -= 1;
    if (next.left <= 0) this.pending = this.pending.filter((entry) => entry !== next);
    return next.fault;
  }
}

/** Plays failures of transport. True when the request is answered (or left without an answer) and nothing more is to be done. */
export function playTransportFault(fault: Fault | null, reply: FastifyReply): boolean {
  switch (fault?.kind) {
    case 'html-page':
      void reply
        .code(500)
        .type('text/html; charset=utf-8')
        .send('<!doctype html><title>ЕСИА</title><h1>Произошла ошибка</h1>');
      return true;
    case 'unavailable':
      void reply.code(503).type('text/plain').send('Service Unavailable');
      return true;
    case 'hang':
      reply.hijack();
      return true;
    case 'reset':
      reply.hijack();
      reply.raw.destroy();
      return true;
    default:
      return false;
  }
}

/** `POST /sandbox/faults` orders a failure (JSON, see Fault), `DELETE` forgets all of them. */
export function faultRoutes(app: FastifyInstance, faults: Faults): void {
  app.post('/sandbox/faults', (request: FastifyRequest, reply: FastifyReply) => {
    const fault = parseFault(request.body);
    if (!fault) return reply.code(400).send({ error: 'Expected {at, kind, code?, defect?, times?}' });
    faults.add(fault);
    return reply.code(204).send();
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

function parseFault(body: unknown): Fault | null {
  const { at, kind, code, defect, times } = (body ?? {}) as Record<string, unknown>;
  const place = PLACES.find((name) => name === at);
  const what = KINDS.find((name) => name === kind);
  if (!place || !what) return null;
  if (what === 'esia-error' && !(typeof code === 'string' && isEsiaErrorCode(code))) return null;
  const flaw = DEFECTS.find((name) => name === defect);
  if (what === 'token-defect' && !flaw) return null;
  if (times !== undefined && !(typeof times === 'number' && times > 0)) return null;
  return { at: place, kind: what, code: code as EsiaErrorCode | undefined, defect: flaw, times };
}
