import { FAULTS, type Fault, type Faults } from './faults.js';
import { type InboxChannel, type InboxFilter, type ReceivedMessage } from './mailbox.js';

const CHANNEL_NAMES: Readonly<Record<InboxChannel, string>> = { sms: 'SMS', email: 'Письмо', push: 'Push' };

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const moment = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Europe/Moscow' });

const bodyOf = (message: ReceivedMessage): string => {
  switch (message.channel) {
    case 'sms': {
      const parts = message.parts > 1 ? `, частей: ${message.partsReceived} из ${message.parts}` : '';
      const receipt = message.receipt ? `, отчёт ${message.receipt}` : '';
      return `<p class="text">${escape(message.text)}</p><p class="muted">${message.coding}${parts}${receipt}</p>`;
    }
    case 'email': {
      const html = message.html
        ? `<details><summary>Как видит адресат (HTML)</summary><iframe sandbox srcdoc="${escape(message.html)}" title="Письмо: ${escape(message.subject)}"></iframe></details>`
        : '';
      return `<h2>${escape(message.subject)}</h2><pre>${escape(message.text)}</pre>${html}`;
    }
    case 'push':
      return `<pre>${escape(message.payload)}</pre><p class="muted">TTL ${message.ttl} с, срочность ${escape(message.urgency ?? 'не указана')}</p>`;
  }
};

const card = (message: ReceivedMessage): string => `<li class="card">
<p class="head"><b>${CHANNEL_NAMES[message.channel]}</b> <span>${escape(message.to)}</span> <span class="muted">от ${escape(message.from)}, ${moment.format(new Date(message.at))} (МСК)</span></p>
${bodyOf(message)}</li>`;

const option = (value: string, text: string, chosen: string | undefined): string =>
  `<option value="${value}"${value === (chosen ?? '') ? ' selected' : ''}>${text}</option>`;

const faultForm = (fault: Fault, faults: Faults): string => `<form method="post" action="/faults">
<input type="hidden" name="fault" value="${fault}"><span>${FAULTS[fault]}</span>
<label>следующих сообщений: <input type="number" name="times" min="0" max="100" value="${faults.left(fault)}"></label>
<button>Задать</button></form>`;

export const STYLES = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:960px;padding:0 16px 48px}
.banner{background:#ffe9b8;color:#4a3200;padding:8px 16px;border-radius:8px}.card{border:1px solid #8888;border-radius:12px;padding:12px 16px;margin:12px 0}
ul{list-style:none;padding:0}.muted{color:#66727f}.head span{margin-left:8px}.text{font-size:18px}pre{white-space:pre-wrap;font:inherit}
iframe{width:100%;height:480px;border:1px solid #8888;border-radius:8px;background:#fff}form{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:end;margin:8px 0}
form span{flex:1 1 320px}input,select,button{font:inherit;min-height:44px;padding:0 12px}input[type=number]{width:96px}.card h2{margin:8px 0;font-size:19px}
:focus-visible{outline:3px solid #ffbe3d;outline-offset:2px}`;

/** The page of the inbox: filters, messages newest first, switches of faults. */
export const inboxPage = (
  messages: readonly ReceivedMessage[],
  filter: InboxFilter,
  faults: Faults,
): string => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Входящие: SMS, письма и push (песочница)</title><link rel="stylesheet" href="/styles.css"></head><body>
<header><p class="banner">Песочница: вымышленные данные. Сообщения никуда не уходят, они видны только здесь.</p></header>
<main><h1>Входящие</h1><p><a href="/codes">Одноразовые коды сотрудников</a></p>
<form method="get" action="/"><label>Канал <select name="channel">${option('', 'Все', filter.channel)}${option('sms', 'SMS', filter.channel)}${option('email', 'Письма', filter.channel)}${option('push', 'Push', filter.channel)}</select></label>
<label>Кому <input name="to" value="${escape(filter.to ?? '')}"></label><label>Текст <input name="search" value="${escape(filter.search ?? '')}"></label>
<button>Показать</button><a href="/">Сбросить</a></form>
<p>Сообщений: ${messages.length}, новые сверху.</p>
${messages.length === 0 ? '<p>Пока ничего не пришло. Вызовите событие в личном кабинете и обновите страницу.</p>' : `<ul>${messages.map(card).join('')}</ul>`}
<form method="post" action="/clear"><button>Удалить все сообщения</button></form>
<h2>Сбои</h2><p>Сколько следующих сообщений встретит каждый сбой. Ноль — сбоя нет.</p>
${(Object.keys(FAULTS) as Fault[]).map((fault) => faultForm(fault, faults)).join('')}
</main></body></html>`;

/** What the sample staff would read off their telephones. */
export const codesPage = (
  codes: readonly { readonly account: string; readonly code: string; readonly secondsLeft: number }[],
): string => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Одноразовые коды сотрудников (песочница)</title><link rel="stylesheet" href="/styles.css"></head><body>
<header><p class="banner">Песочница: вымышленные сотрудники. Настоящие коды видны только в телефоне сотрудника.</p></header>
<main><h1>Одноразовые коды</h1><p><a href="/">Входящие</a></p>
<ul>${codes.map(({ account, code, secondsLeft }) => `<li class="card"><p class="head">${escape(account)}</p><p class="text"><code>${code}</code></p><p class="muted">действует ещё ${secondsLeft} с</p></li>`).join('')}</ul>
</main></body></html>`;
