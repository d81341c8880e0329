import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CALLBACK_MANNERS, type CallbackManner, Callbacks } from './callbacks.js';
import { cardOf, CONFIRMATION_CODE, masked } from './cards.js';
import { NO_MONEY, NOT_AUTHENTICATED, type Order, Orders } from './orders.js';
import {
  confirmationPage,
  type Mood,
  MOODS,
  notFoundPage,
  ordersPage,
  paymentPage,
  silencePage,
  STYLESHEET,
} from './pages.js';
import { sendTreasuryNotice } from './treasury-notice.js';

export interface BankSandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** Credentials of the merchant. */
  readonly userName: string;
  readonly password: string;
  /** Shared key of the callbacks. */
  readonly callbackKey: string;
  /** Where callbacks go when the order does not say (`jsonParams.callbackUrl`). */
  readonly callbackUrl?: string;
  /** Address of ГИС ГМП, told of paid charges; nobody is told without it. */
  readonly gisgmpUrl?: string;
  /** How long after the payment ГИС ГМП hears of it, milliseconds. */
  readonly noticeDelayMs?: number;
  /** How long a slow answer takes, milliseconds. */
  readonly slowMs?: number;
  /** Folder where orders survive a restart; without it they live in memory. */
  readonly dataDir?: string;
  readonly now?: () => Date;
}

export interface BankSandbox {
  readonly url: string;
  /** Switches the page offers too. */
  behave(behaviour: { mood?: Mood; callbacks?: CallbackManner }): void;
  order(orderNumber: string): Order | undefined;
  close(): Promise<void>;
}

const TICK_MS = 200;
const DEFAULT_SESSION_SECONDS = 1200;
const MAX_WRONG_CODES = 3;
type Fields = Record<string, string | undefined>;

/** Starts the acquiring gateway of a bank: merchant's REST of the RBS family, hosted payment page, ACS, callbacks. */
export async function startBankSandbox(options: BankSandboxOptions): Promise<BankSandbox> {
  const now = (): number => (options.now?.() ?? new Date()).getTime();
  const callbacks = new Callbacks(options.callbackKey, now);
  const orders = new Orders(options.dataDir ? join(options.dataDir, 'bank.json') : null, now, (order, operation) =>
    callbacks.plan(order, operation),
  );
  const stopping = new AbortController();
  let mood: Mood = 'up';
  const app = fastify({ forceCloseConnections: true });
  await app.register(formbody);

  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith('/payment/rest/')) return;
    if (mood === 'slow')
      await pause(options.slowMs ?? 20_000, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    if (mood === 'down') return reply.code(503).type('text/plain').send('Service Unavailable');
    const { userName, password } = (request.body ?? {}) as Fields;
    if (userName !== options.userName || password !== options.password)
      return reply.send({ errorCode: '5', errorMessage: 'Доступ запрещён' });
    return undefined;
  });

  app.post<{ Body: Fields }>('/payment/rest/register.do', ({ body }) => {
    const {
      orderNumber = '',
      amount = '',
      currency = '643',
      returnUrl = '',
      description = '',
      jsonParams = '{}',
      sessionTimeoutSecs,
    } = body;
    if (
      !/^.{1,36}$/.test(orderNumber) ||
      !/^[1-9]\d*$/.test(amount) ||
      currency !== '643' ||
      !/^https?:/.test(returnUrl)
    )
      return { errorCode: '4', errorMessage: 'Не заполнен или неверен обязательный параметр' };
    const params = JSON.parse(jsonParams) as Record<string, string>;
    const callbackUrl = params.callbackUrl ?? options.callbackUrl ?? null;
    const order = orders.register(
      { orderNumber, amount: Number(amount), description, returnUrl, callbackUrl, params },
      Number(sessionTimeoutSecs ?? DEFAULT_SESSION_SECONDS),
    );
    if (!order) return { errorCode: '1', errorMessage: 'Заказ с таким номером уже обработан' };
    return {
      orderId: order.orderId,
      formUrl: `${url()}/payment/merchants/lkspb/payment_ru.html?mdOrder=${order.orderId}`,
    };
  });

  app.post<{ Body: Fields }>('/payment/rest/getOrderStatusExtended.do', ({ body }) => {
    orders.expire();
    const order = orders.ofId(body.orderId ?? '') ?? orders.ofNumber(body.orderNumber ?? '');
    return order ? statusAnswer(order) : { errorCode: '6', errorMessage: 'Заказ не найден' };
  });

  app.post<{ Body: Fields }>('/payment/rest/refund.do', ({ body }) => {
    const order = orders.ofId(body.orderId ?? '');
    if (!order) return { errorCode: '6', errorMessage: 'Заказ не найден' };
    if (order.status !== 2 || Number(body.amount) > order.amount)
      return { errorCode: '7', errorMessage: 'Возврат невозможен' };
    orders.refund(order);
    return { errorCode: '0' };
  });

  const backTo = (order: Order): string => {
    const target = new URL(order.returnUrl);
    target.searchParams.set('orderId', order.orderId);
    return target.href;
  };
  /** Back to the merchant; in the manner «before» not until the merchant's server knows. */
  const goBack = async (order: Order): Promise<string> => {
    if (callbacks.manner === 'before-return') await callbacks.deliver();
    return backTo(order);
  };
  const openOrder = (mdOrder: string | undefined): Order | undefined => {
    orders.expire();
    return orders.ofId(mdOrder ?? '');
  };

  app.get<{ Querystring: Fields }>('/payment/merchants/:merchant/payment_ru.html', ({ query }, reply) => {
    const order = openOrder(query.mdOrder);
    if (!order) return reply.code(404).type('text/html').send(notFoundPage());
    if (order.stuck) return reply.type('text/html').send(silencePage(order));
    if (order.status === 5) return reply.redirect(`/acs?mdOrder=${order.orderId}`, 303);
    return order.status === 0
      ? reply.type('text/html').send(paymentPage(order, null))
      : reply.redirect(backTo(order), 303);
  });

  app.post<{ Body: Fields }>('/payment/merchants/:merchant/payment_ru.html', async ({ body }, reply) => {
    const order = openOrder(body.mdOrder);
    if (!order) return reply.code(404).type('text/html').send(notFoundPage());
    if (order.status !== 0) return reply.redirect(backTo(order), 303);
    const card = cardOf(body.pan ?? '');
    if (!card)
      return reply
        .code(422)
        .type('text/html')
        .send(paymentPage(order, 'Такой карты в песочнице нет. Возьмите номер из списка ниже.'));
    switch (card.outcome) {
      case 'paid':
        orders.pay(order, masked(card.pan));
        return reply.redirect(await goBack(order), 303);
      case 'refused':
        orders.decline(order, NO_MONEY, masked(card.pan));
        return reply.redirect(await goBack(order), 303);
      case 'confirmation':
        orders.toConfirmation(order, masked(card.pan));
        return reply.redirect(`/acs?mdOrder=${order.orderId}`, 303);
      case 'silence':
        orders.silence(order, masked(card.pan));
        return reply.type('text/html').send(silencePage(order));
    }
  });

  /** The payer leaves: the order stays open until its session ends, as with a closed window. */
  app.post<{ Body: Fields }>('/payment/cancel', ({ body }, reply) => {
    const order = openOrder(body.mdOrder);
    return order ? reply.redirect(backTo(order), 303) : reply.code(404).type('text/html').send(notFoundPage());
  });

  app.get<{ Querystring: Fields }>('/acs', ({ query }, reply) => {
    const order = openOrder(query.mdOrder);
    if (!order) return reply.code(404).type('text/html').send(notFoundPage());
    return order.status === 5
      ? reply.type('text/html').send(confirmationPage(order, order.wrongCodes > 0))
      : reply.redirect(backTo(order), 303);
  });

  app.post<{ Body: Fields }>('/acs', async ({ body }, reply) => {
    const order = openOrder(body.mdOrder);
    if (!order) return reply.code(404).type('text/html').send(notFoundPage());
    if (order.status !== 5 || order.stuck) return reply.redirect(backTo(order), 303);
    if (body.code?.trim() === CONFIRMATION_CODE) {
      orders.pay(order, order.pan ?? '');
      return reply.redirect(await goBack(order), 303);
    }
    order.wrongCodes += 1;
    if (order.wrongCodes < MAX_WRONG_CODES)
      return reply.code(422).type('text/html').send(confirmationPage(order, true));
    orders.decline(order, NOT_AUTHENTICATED, order.pan);
    return reply.redirect(await goBack(order), 303);
  });

  app.get('/', (_request, reply) => reply.type('text/html').send(ordersPage(orders.all, mood, callbacks.manner)));
  app.get('/style.css', (_request, reply) => reply.type('text/css').send(STYLESHEET));
  app.post<{ Params: { orderId: string } }>('/orders/:orderId/callback', (request, reply) => {
    const order = orders.ofId(request.params.orderId);
    if (order) callbacks.plan(order, order.status === 2 ? 'deposited' : order.status === 4 ? 'refunded' : 'declined');
    return reply.redirect('/', 303);
  });
  app.post<{ Body: Fields }>('/mood', ({ body }, reply) => {
    if (body.mood && Object.hasOwn(MOODS, body.mood)) mood = body.mood as Mood;
    return reply.redirect('/', 303);
  });
  app.post<{ Body: Fields }>('/callbacks', ({ body }, reply) => {
    if (body.manner && Object.hasOwn(CALLBACK_MANNERS, body.manner)) callbacks.manner = body.manner as CallbackManner;
    return reply.redirect('/', 303);
  });

  const tellTreasury = async (): Promise<void> => {
    const { gisgmpUrl, noticeDelayMs = 3000 } = options;
    if (!gisgmpUrl) return;
    for (const order of orders.all) {
      const uin = order.params.uin;
      const due = order.status === 2 && !order.noticed && now() >= (order.paidAt ?? 0) + noticeDelayMs;
      if (uin && due && (await sendTreasuryNotice(`${gisgmpUrl}/gisgmp`, order, uin, new Date(now()))))
        orders.wasNoticed(order);
    }
  };

  let working = Promise.resolve();
  let busy = false;
  const ticker = setInterval(() => {
    if (busy) return;
    busy = true;
    orders.expire();
    working = Promise.all([callbacks.deliver(), tellTreasury()]).then(() => {
      busy = false;
    });
  }, TICK_MS);

  await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  const url = (): string => `http://localhost:${(app.server.address() as AddressInfo).port}`;
  return {
    url: url(),
    behave: (behaviour) => {
      mood = behaviour.mood ?? mood;
      callbacks.manner = behaviour.callbacks ?? callbacks.manner;
    },
    order: (orderNumber) => orders.ofNumber(orderNumber),
    close: async () => {
      clearInterval(ticker);
      stopping.abort();
      await working;
      await app.close();
    },
  };
}

const statusAnswer = (order: Order): Record<string, unknown> => ({
  errorCode: '0',
  orderNumber: order.orderNumber,
  orderStatus: order.status,
  actionCode: order.actionCode,
  amount: order.amount,
  currency: '643',
  date: order.createdAt,
  attributes: [{ name: 'mdOrder', value: order.orderId }],
  merchantOrderParams: Object.entries(order.params).map(([name, value]) => ({ name, value })),
  ...(order.pan
    ? {
        cardAuthInfo: {
          pan: order.pan,
          expiration: '203012',
          cardholderName: 'SANDBOX',
          approvalCode: order.approvalCode ?? undefined,
        },
      }
    : {}),
  ...(order.reference ? { authRefNum: order.reference } : {}),
  paymentAmountInfo: {
    paymentState: { 0: 'CREATED', 2: 'DEPOSITED', 4: 'REFUNDED', 5: 'CREATED', 6: 'DECLINED' }[order.status],
    approvedAmount: order.status === 2 || order.status === 4 ? order.amount : 0,
    depositedAmount: order.status === 2 ? order.amount : 0,
    refundedAmount: order.status === 4 ? order.amount : 0,
  },
});
