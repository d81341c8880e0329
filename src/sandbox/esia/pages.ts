/** Text made safe for HTML, both between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const STYLESHEET = `
  :root { color-scheme: light; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #0b1f33; background: #edf2fe; }
  .banner { background: #b25e00; color: #fff; padding: 8px 16px; text-align: center; font-weight: 600; }
  main { max-width: 560px; margin: 24px auto; padding: 24px; background: #fff; border-radius: 12px; }
  main.wide { max-width: 760px; }
  h1 { font-size: 24px; margin: 0 0 16px; }
  h2 { font-size: 18px; margin: 24px 0 8px; }
  label { display: block; margin: 12px 0 4px; font-weight: 500; }
  input, select { width: 100%; box-sizing: border-box; padding: 10px 12px; font: inherit; border: 1px solid #66727f; border-radius: 8px; }
  button, .button { display: inline-block; margin: 16px 8px 0 0; padding: 10px 20px; font: inherit; font-weight: 500; border: 2px solid #0d4cd3; border-radius: 8px; background: #0d4cd3; color: #fff; cursor: pointer; text-decoration: none; }
  .secondary { background: #fff; color: #0d4cd3; }
  :focus-visible { outline: 3px solid #ffbe3d; outline-offset: 2px; }
  .error { border-left: 4px solid #d0263f; padding: 8px 12px; background: #fdecef; }
  .done { border-left: 4px solid #0f8a5f; padding: 8px 12px; background: #e7f5ef; }
  .hint { color: #66727f; font-size: 14px; }
  table { border-collapse: collapse; width: 100%; font-size: 14px; }
  th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid #d5dbe3; vertical-align: top; }
  code { font-size: 14px; }
  @media (max-width: 640px) { thead { position: absolute; clip-path: inset(50%); } tr, td { display: block; } td { border: 0; padding: 2px 0; } tr { padding: 8px 0; border-bottom: 1px solid #d5dbe3; } }
`;

/** A page of the sandbox. `body` is HTML. */
export const renderPage = (title: string, body: string, wide = false): string => `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} — ЕСИА (песочница)</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header class="banner">Песочница: вымышленные данные</header>
<main${wide ? ' class="wide"' : ''}>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>`;

export const renderError = (title: string, text: string): string =>
  renderPage(title, `<p class="error" role="alert">${escapeHtml(text)}</p>`);

/** A labelled text field. */
export const textField = (
  name: string,
  label: string,
  value: string,
  attributes = '',
): string => `<label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${name}" value="${escapeHtml(value)}" ${attributes}>`;
