import { SIGNERS, type SignerId } from './centre.js';

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const STYLES = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:760px;padding:0 16px 48px}
.banner{background:#ffe9b8;color:#4a3200;padding:8px 16px;border-radius:8px}fieldset{border:1px solid #8888;border-radius:12px;padding:8px 16px;margin:16px 0}
label{display:flex;gap:12px;align-items:center;min-height:44px}label.file{display:block}input,button{font:inherit}input[type=radio]{width:20px;height:20px}
button{min-height:44px;padding:0 20px}small{color:#66727f}.refusal{color:#b3142d}:focus-visible{outline:3px solid #ffbe3d;outline-offset:2px}`;

const choice = (id: SignerId, at: number): string =>
  `<label><input type="radio" name="signer" value="${id}"${at === 0 ? ' checked' : ''}><span>${escape(SIGNERS[id].title)}<br><small>на портале: ${escape(SIGNERS[id].shows)}</small></span></label>`;

/** Where anybody has a file signed by an invented person. */
export const signingPage = (refusal: string | null): string => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Учебный удостоверяющий центр (песочница)</title><link rel="stylesheet" href="/styles.css"></head><body>
<header><p class="banner">Песочница: вымышленные люди. Такие подписи ничего не значат за пределами этой машины.</p></header>
<main><h1>Учебный удостоверяющий центр, образец</h1>
<p>Выберите файл и того, кто его подпишет: вы получите отсоединённую подпись <code>файл.sig</code>. Приложите оба файла к одному документу в личном кабинете, и портал проверит подпись.</p>
${refusal ? `<p class="refusal" role="alert">${escape(refusal)}</p>` : ''}
<form method="post" action="/sign" enctype="multipart/form-data">
<fieldset><legend>Кто подпишет</legend>${(Object.keys(SIGNERS) as SignerId[]).map(choice).join('')}</fieldset>
<label class="file" for="file">Файл, до 3 МБ</label><p><input type="file" id="file" name="file" required></p>
<p><button>Подписать файл</button></p></form>
<p>Чтобы увидеть, как портал отвергает подпись, приложите её к другому файлу, назвав его так же.</p>
<p><a href="/root.pem">Корневой сертификат центра</a></p>
</main></body></html>`;
