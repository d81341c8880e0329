import { shiftDay, moscowDay } from '../gisgmp/checks.js';
import { isSettled, type Mood, type Register, type RegisteredCharge } from '../gisgmp/register.js';

export const STYLESHEET = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#0b1f33;background:#f3f5f8}
main{max-width:84rem;margin:0 auto;padding:1rem}.banner{background:#ffe08a;padding:.5rem 1rem;text-align:center}
section{background:#fff;border-radius:12px;padding:1rem 1.5rem;margin:1rem 0}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #dde3ea;vertical-align:top}code{font-size:.95em}
label{display:block;margin:.5rem 0 .1rem}input,select{font:inherit;padding:.4rem;min-width:16rem}
button{font:inherit;padding:.5rem 1rem;margin:.25rem .25rem .25rem 0;min-height:44px}.on{font-weight:700}.scroll{overflow-x:auto}`;

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const MOODS: Readonly<Record<Mood, string>> = {
  up: 'работает',
  down: 'не отвечает (503)',
  slow: 'отвечает очень медленно',
  lying: 'отвечает не тем (страница вместо данных)',
};

const rubles = (kopecks: number): string => `${(kopecks / 100).toFixed(2).replace('.', ',')} ₽`;

const stateOf = (charge: RegisteredCharge): string =>
  charge.annulled ? 'отменён' : isSettled(charge) ? 'оплачен' : charge.paid > 0 ? 'оплачен частично' : 'не оплачен';

const discountOf = ({ discount }: RegisteredCharge): string =>
  discount === null
    ? 'условия не переданы'
    : discount === 'none'
      ? 'нет'
      : `${discount.percent} % до ${discount.until}`;

const row = (charge: RegisteredCharge): string => `<tr><td><code>${charge.uin}</code></td>
<td>${charge.offence ? `${escape(charge.offence.regnum)} ${charge.offence.regreg}<br>СТС ${escape(charge.offence.sts)}` : charge.payers.map((payer) => `<code>${escape(payer)}</code>`).join('<br>')}</td>
<td>${escape(charge.purpose)}</td><td>${rubles(charge.amount)}</td><td>${discountOf(charge)}</td><td>${stateOf(charge)}</td>
<td>${charge.annulled || isSettled(charge) ? '' : `<form method="post" action="/charges/${charge.uin}/annul"><button>Отменить</button></form>`}</td></tr>`;

const moodForm = (
  service: 'gibdd' | 'gisgmp',
  title: string,
  current: Mood,
): string => `<h3>${title}: ${MOODS[current]}</h3>
<form method="post" action="/mood/${service}">${(Object.keys(MOODS) as Mood[])
  .map(
    (mood) =>
      `<button name="mood" value="${mood}"${mood === current ? ' class="on" aria-pressed="true"' : ''}>${MOODS[mood]}</button>`,
  )
  .join('')}</form>`;

const field = (name: string, label: string, value: string, type = 'text'): string =>
  `<label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" value="${escape(value)}" required>`;

/** Everything the two registers hold, a form for a new fine, and the switches of their mood. */
export const registerPage = (
  register: Register,
  now: Date,
): string => `<!doctype html><html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Песочница ГИБДД и ГИС ГМП</title><link rel="stylesheet" href="/style.css"></head><body>
<header class="banner">Песочница: вымышленные данные</header><main><h1>ГИБДД и ГИС ГМП</h1>
<section><h2>Начисления: ${register.charges.length}</h2><div class="scroll"><table><thead><tr><th>УИН</th><th>Чьё</th><th>Назначение</th><th>Сумма</th><th>Скидка</th><th>Состояние</th><th>Действие</th></tr></thead>
<tbody>${register.charges.map(row).join('')}</tbody></table></div></section>
<section><h2>Новый штраф</h2><form method="post" action="/fines">
${field('regnum', 'Номер без региона', 'А123ВС')}${field('regreg', 'Регион', '178')}${field('sts', 'СТС', '7812345678')}
${field('rubles', 'Сумма, рублей', '750', 'number')}${field('article', 'Статья КоАП', '12.9ч.2')}${field('text', 'Нарушение', 'Превышение скорости')}
${field('decreeDate', 'Дата постановления', moscowDay(now), 'date')}
<label for="discount">Скидка</label><select id="discount" name="discount"><option value="">условия не передаются</option><option value="none">явно нет</option>
<option value="25">25 %</option><option value="50">50 %</option></select>
${field('until', 'Скидка действует по', shiftDay(moscowDay(now), 20), 'date')}<p><button>Добавить штраф</button></p></form></section>
<section><h2>Поведение</h2>${moodForm('gibdd', 'ГИБДД', register.mood.gibdd)}${moodForm('gisgmp', 'ГИС ГМП', register.mood.gisgmp)}</section>
</main></body></html>`;
