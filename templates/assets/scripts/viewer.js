/** The window with a large view of a file. The browser keeps the focus inside it and gives it back when the window closes. */
function build() {
  const dialog = document.createElement('dialog');
  dialog.className = 'viewer';
  dialog.setAttribute('aria-labelledby', 'viewer-name');
  const part = (parent, tag, className, text = '') => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const head = part(dialog, 'div', 'viewer-head');
  const heading = part(head, 'h2', '');
  heading.id = 'viewer-name';
  const close = part(head, 'button', 'btn btn-secondary', 'Закрыть');
  close.type = 'button';
  close.addEventListener('click', () => dialog.close());
  const body = part(dialog, 'div', 'viewer-body');
  // A page longer than the window is scrolled with the arrow keys.
  body.tabIndex = 0;
  body.setAttribute('role', 'region');
  body.setAttribute('aria-label', 'Содержимое файла');
  const foot = part(dialog, 'div', 'viewer-foot');
  const note = part(foot, 'p', 'muted');
  const download = part(foot, 'a', 'btn btn-primary', 'Скачать файл');
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return { dialog, heading, body, note, download };
}

let parts = null;

/**
 * Shows the file `name`; `page` makes the element to be shown and may take its time, `href` is where the file is downloaded.
 * What fails is said in place, with the way to the file.
 */
export async function openViewer({ name, href, note, page }) {
  parts ??= build();
  const { dialog, heading, body, download } = parts;
  heading.textContent = name;
  download.href = href;
  parts.note.textContent = '';
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  body.replaceChildren(words);
  dialog.showModal();
  words.textContent = 'Открываем файл…';
  try {
    const shown = await page();
    if (heading.textContent !== name || !dialog.open) return;
    body.replaceChildren(shown);
    parts.note.textContent = note;
  } catch {
    words.textContent = 'Показать этот файл здесь не получилось. Скачайте его, чтобы посмотреть.';
  }
}
