import { CALLBACK_MANNERS, type CallbackManner } from './callbacks.js';
import { CONFIRMATION_CODE, spaced, TEST_CARDS } from './cards.js';
import { type Order, type OrderStatus } from './orders.js';

/** How the gateway answers the merchant. */
export const MOODS = { up: 'работает', down: 'не отвечает (503)', slow: 'отвечает очень медленно' } as const;
export type Mood = keyof typeof MOODS;

export const STYLESHEET = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#0b1f33;background:#eef5f0}
main{max-width:42rem;margin:0 auto;padding:1rem}main.wide{max-width:68rem}.banner{background:#ffe08a;padding:.5rem 1rem;text-align:center}
section{background:#fff;border-radius:12px;padding:1rem 1.5rem;margin:1rem 0}table{border-collapse:collapse;width:100%}
code{white-space:nowrap}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #dde6e0;vertical-align:top}.sum{font-size:1.75rem;font-weight:700}
label{display:block;margin:.5rem 0 .1rem}input{font:inherit;padding:.5rem;width:100%;box-sizing:border-box}
button{font:inherit;padding:.5rem 1rem;min-height:44px;margin:.25rem .25rem .25rem 0}.main{background:#0a7d3e;color:#fff;border:0;border-radius:8px;width:100%}
.on{font-weight:700}.error{color:#a3122b}.scroll{overflow-x:auto}
@media(max-width:30rem){code{white-space:normal}section{padding:1rem .75rem}th,td{padding:.4rem .2rem}}`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const rubles = (kopecks: number): string =>
  `${(kopecks / 100)
    .toFixed(2)
    .replace('.', ',')
    .replace(/\B(?=(\d{3})+,)/g, '\u00a0')}\u00a0₽`;

const layout = (
  title: string,
  content: string,
  wide = false,
): string => `<!doctype html><html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/style.css"></head><body>
<header class="banner">Песочница: вымышленные данные, деньги не списываются</header><main${wide ? ' class="wide"' : ''}>${content}</main></body></html>`;

const bill = (order: Order): string =>
  `<section><p>${escape(order.description)}</p><p class="sum">${rubles(order.amount)}</p><p>Заказ ${escape(order.orderNumber)}</p></section>`;

/** The hosted payment page. */
export const paymentPage = (order: Order, problem: string | null): string =>
  layout(
    'Оплата банковской картой',
    `<h1>Оплата банковской картой</h1>${bill(order)}
<section><h2>Карта</h2>${problem === null ? '' : `<p class="error" role="alert">${escape(problem)}</p>`}
<form method="post"><input type="hidden" name="mdOrder" value="${order.orderId}">
<label for="pan">Номер карты</label><input id="pan" name="pan" inputmode="numeric" autocomplete="cc-number" required>
<label for="expiry">Срок действия, ММ/ГГ</label><input id="expiry" name="expiry" value="12/30" autocomplete="cc-exp">
<label for="cvc">Код с обратной стороны</label><input id="cvc" name="cvc" value="123" inputmode="numeric" autocomplete="cc-csc">
<p><button class="main">Оплатить ${rubles(order.amount)}</button></p></form>
<form method="post" action="/payment/cancel"><input type="hidden" name="mdOrder" value="${order.orderId}"><button>Отказаться и вернуться</button></form></section>
<section><h2>Тестовые карты</h2><div class="scroll"><table><thead><tr><th>Номер</th><th>Что будет</th><th>Действие</th></tr></thead><tbody>${TEST_CARDS.map(
      ({ pan, title }) => `<tr><td><code>${spaced(pan)}</code></td><td>${title}</td><td><form method="post">
<input type="hidden" name="mdOrder" value="${order.orderId}"><button name="pan" value="${pan}" aria-label="Оплатить картой ${spaced(pan)}">Этой картой</button></form></td></tr>`,
    ).join('')}</tbody></table></div><p>Срок действия и код любые.</p></section>`,
  );

/** The issuer's page of 3-D Secure. */
export const confirmationPage = (order: Order, wrong: boolean): string =>
  layout(
    'Подтверждение платежа',
    `<h1>Подтверждение платежа</h1>${bill(order)}<section><p>Банк, выпустивший карту, отправил код в СМС. В песочнице это всегда <code>${CONFIRMATION_CODE}</code>.</p>
${wrong ? '<p class="error" role="alert">Код не подходит. После трёх ошибок платёж будет отклонён.</p>' : ''}
<form method="post" action="/acs"><input type="hidden" name="mdOrder" value="${order.orderId}">
<label for="code">Код из СМС</label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
<p><button class="main">Подтвердить</button></p></form></section>`,
  );

export const silencePage = (order: Order): string =>
  layout(
    'Ждём ответ банка',
    `<h1>Ждём ответ банка, выпустившего карту</h1>${bill(order)}<section><p>Ответ не придёт, и на портал эта страница не вернёт.</p></section>`,
  );

export const notFoundPage = (): string => layout('Заказ не найден', '<h1>Заказ не найден</h1><p>Проверьте ссылку.</p>');

const STATUSES: Readonly<Record<OrderStatus, string>> = {
  0: 'ждёт карту (0)',
  2: 'оплачен (2)',
  4: 'деньги возвращены (4)',
  5: 'ждёт ответ банка-эмитента (5)',
  6: 'отклонён (6)',
};

const switches = (action: string, name: string, choices: Readonly<Record<string, string>>, current: string): string =>
  `<form method="post" action="${action}">${Object.entries(choices)
    .map(
      ([value, title]) =>
        `<button name="${name}" value="${value}"${value === current ? ' class="on" aria-pressed="true"' : ''}>${title}</button>`,
    )
    .join('')}</form>`;

/** All orders and the switches of the bank's behaviour. */
export const ordersPage = (orders: readonly Order[], mood: Mood, manner: CallbackManner): string =>
  layout(
    'Песочница банка',
    `<h1>Банк</h1><section><h2>Заказы: ${orders.length}</h2><div class="scroll"><table><thead><tr><th>Заказ</th><th>За что</th><th>Сумма</th><th>Состояние</th><th>Действие</th></tr></thead><tbody>${[
      ...orders,
    ]
      .reverse()
      .map(
        (
          order,
        ) => `<tr><td><code>${escape(order.orderNumber)}</code></td><td>${escape(order.description)}</td><td>${rubles(order.amount)}</td>
<td>${STATUSES[order.status]}</td><td><form method="post" action="/orders/${order.orderId}/callback"><button>Уведомить портал ещё раз</button></form></td></tr>`,
      )
      .join('')}</tbody></table></div></section>
<section><h2>Шлюз</h2>${switches('/mood', 'mood', MOODS, mood)}<h2>Уведомления портала</h2>${switches('/callbacks', 'manner', CALLBACK_MANNERS, manner)}</section>`,
    true,
  );
