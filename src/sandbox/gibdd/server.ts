import formbody from '@fastify/formbody';
import fastify, { type FastifyReply } from 'fastify';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { moscowDay } from '../gisgmp/checks.js';
import { isSettled, type Mood, Register, type RegisteredCharge, type SentDiscount } from '../gisgmp/register.js';
import { answer } from '../gisgmp/soap.js';
import { registerPage, STYLESHEET } from './page.js';
import { fineOf, type NewFine, sampleCharges } from './samples.js';

export interface GibddSandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Folder where charges and payments survive a restart; without it they live in memory. */
  readonly dataDir?: string;
  /** How long a slow answer takes, milliseconds. */
  readonly slowMs?: number;
  readonly now?: () => Date;
}

export interface GibddSandbox {
  readonly url: string;
  readonly register: Register;
  /** Adds a fine as the form on the page does; answers with its УИН. */
  addFine(fine: NewFine): string;
  close(): Promise<void>;
}

/** Starts the road police's check of fines and ГИС ГМП on one port, over one book of charges, with the sample car's fines. */
export async function startGibddSandbox(options: GibddSandboxOptions): Promise<GibddSandbox> {
  const now = options.now ?? (() => new Date());
  const slowMs = options.slowMs ?? 20_000;
  const register = new Register(options.dataDir ? join(options.dataDir, 'gibdd.json') : null);
  if (register.charges.length === 0) register.add(...sampleCharges(now()));
  const stopping = new AbortController();
  const app = fastify({ forceCloseConnections: true });
  await app.register(formbody);
  app.addContentTypeParser(['text/xml', 'application/soap+xml'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );

  /** True when the mood has answered in the service's place. */
  const moody = async (mood: Mood, reply: FastifyReply): Promise<boolean> => {
    if (mood === 'slow') await pause(slowMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    if (mood === 'down') await reply.code(503).type('text/plain').send('Service Unavailable');
    if (mood === 'lying') await reply.type('text/html').send('<html><body>Ведутся технические работы</body></html>');
    return mood === 'down' || mood === 'lying';
  };

  const addFine = (fine: NewFine): string => {
    const charge = fineOf(1017826000000200 + register.charges.length, fine);
    register.add(charge);
    return charge.uin;
  };

  app.get('/', (_request, reply) => reply.type('text/html').send(registerPage(register, now())));
  app.get('/style.css', (_request, reply) => reply.type('text/css').send(STYLESHEET));

  app.post<{ Body: Record<string, string> }>('/fines', (request, reply) => {
    addFine(readFine(request.body, moscowDay(now())));
    return reply.redirect('/', 303);
  });
  app.post<{ Params: { uin: string } }>('/charges/:uin/annul', (request, reply) => {
    register.annul(request.params.uin);
    return reply.redirect('/', 303);
  });
  app.post<{ Params: { service: 'gibdd' | 'gisgmp' }; Body: { mood: Mood } }>('/mood/:service', (request, reply) => {
    register.mood[request.params.service] = request.body.mood;
    return reply.redirect('/', 303);
  });

  app.post<{ Body: Record<string, string> }>('/proxy/check/fines', async (request, reply) => {
    if (await moody(register.mood.gibdd, reply)) return reply;
    const { regnum = '', regreg = '', stsnum = '' } = request.body ?? {};
    const unpaid = register
      .ofVehicle(regnum, regreg, stsnum)
      .filter((charge) => !charge.annulled && !isSettled(charge));
    const asked = { request: { regnum, regreg, stsnum } };
    if (unpaid.length === 0) return reply.code(404).send({ code: 404, message: 'Штрафы не найдены', ...asked });
    return {
      code: 200,
      message: '',
      ...asked,
      data: unpaid.map(fineAnswer),
      divisions: { '1140000': { name: 'ЦАФАП ГИБДД (образец)', fulladdr: 'Санкт-Петербург, Примерный пр., д. 5' } },
      cafapPicsToken: 'sandbox',
      requestTime: now().toISOString(),
    };
  });

  app.post<{ Body: string }>('/gisgmp', async (request, reply) => {
    if (await moody(register.mood.gisgmp, reply)) return reply;
    const { status, xml } = answer(register, request.body, now());
    return reply.code(status).type('text/xml; charset=utf-8').send(xml);
  });

  await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    register,
    addFine,
    close: async () => {
      stopping.abort();
      await app.close();
    },
  };
}

/** One fine as the police's proxy writes it; sums in whole rubles, a discount only where the register sends terms. */
const fineAnswer = ({ uin, amount, kbk, offence, discount }: RegisteredCharge): Record<string, unknown> => ({
  id: uin.slice(-8),
  NumPost: uin,
  DatePost: offence?.decreeDate,
  DateDecis: offence?.offenceAt,
  KoAPcode: offence?.article,
  KoAPtext: offence?.text,
  Summa: amount / 100,
  ...termsAnswer(discount),
  DateSSP: null,
  Division: 1140000,
  VehicleModel: 'ЛАДА ВЕСТА',
  enablePics: false,
  SupplierBillID: uin,
  kbk,
});

const termsAnswer = (discount: SentDiscount): Record<string, unknown> => {
  if (discount === null) return {};
  return discount === 'none'
    ? { enableDiscount: false, Discount: null, DateDiscount: null }
    : { enableDiscount: true, Discount: String(discount.percent), DateDiscount: `${discount.until} 23:59:59` };
};

const readFine = (body: Record<string, string>, today: string): NewFine => {
  const {
    regnum = '',
    regreg = '',
    sts = '',
    rubles = '0',
    article = '',
    text = '',
    decreeDate = today,
    discount = '',
    until = today,
  } = body;
  const sent: SentDiscount =
    discount === '' ? null : discount === 'none' ? 'none' : { percent: Number(discount), until };
  return { regnum, regreg, sts, amount: Math.round(Number(rubles) * 100), article, text, decreeDate, discount: sent };
};
