import { fileSize } from './file-sizes.js';
import { startPreviews } from './preview.js';

const LOOKS = { jpg: 'picture', jpeg: 'picture', pdf: 'drawn', tiff: 'drawn' };
const formatOf = (name) => /\.(\w{1,4})$/.exec(name)?.[1].toLowerCase() ?? '';

/**
 * One chosen file in the list of a field: being asked about, waiting, on its way, accepted (then it carries the hidden input that the form
 * sends), refused or failed. `removed` is called when the person takes it away.
 */
export class Row {
  constructor(template, file, removed) {
    this.item = template.content.firstElementChild.cloneNode(true);
    this.state = 'waiting';
    this.stop = new AbortController();
    this.part('progress progress').setAttribute('aria-label', `Загрузка файла ${file.name}`);
    this.part('act').addEventListener('click', () => this.act());
    this.part('remove').addEventListener('click', () => {
      this.stop.abort();
      this.item.remove();
      removed(this);
    });
    this.name(file);
  }

  part(name) {
    const [own, inner] = name.split(' ');
    const part = this.item.querySelector(`[data-file-${own}]`);
    return inner ? part.querySelector(inner) : part;
  }

  name({ name, size }) {
    this.part('name').textContent = name;
    this.part('size').textContent = fileSize(size);
    this.item.querySelector('.file-format').textContent = formatOf(name);
    for (const words of this.item.querySelectorAll('[data-of-file]')) words.textContent = ` файл ${name}`;
  }

  /** Does nothing until the person agrees: the button bears `text` and starts `act`. */
  ask(question, text, act) {
    this.enter('asking', { note: question, act: { text, act } });
  }

  work(words) {
    this.enter('working', { busy: words });
  }

  /** From 0 to 1. All of it gone means that the server is looking at it. */
  progress(part) {
    this.part('progress progress').value = part * 100;
    this.part('state').textContent = part < 1 ? `${Math.floor(part * 100)} %` : 'Проверяем…';
  }

  refuse(words) {
    this.enter('refused', { refusal: words });
  }

  /** The same file may be taken at another try. */
  fail(words, again) {
    this.enter('failed', { refusal: words, act: { text: 'Повторить', act: again } });
  }

  accept({ fileId, name, bytes, scan }, field, said) {
    this.name({ name, size: bytes });
    const waits = scan === 'PENDING' ? 'Проверяем на вирусы. Открыть файл можно будет после проверки.' : '';
    const notScanned = scan === 'NOT_SCANNED' ? 'Антивирусом не проверен.' : '';
    this.enter('accepted', { note: [said, waits, notScanned].filter(Boolean).join(' ') });
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name: field, value: fileId });
    this.item.append(input);
    if (!waits) this.open(`/files/${fileId}`, name);
  }

  open(href, name) {
    const link = document.createElement('a');
    Object.assign(link, { href, textContent: name });
    this.part('name').replaceChildren(link);
    const format = formatOf(name);
    const look = LOOKS[format];
    if (!look) return;
    const face = this.item.querySelector('.file-face');
    const opener = this.item.querySelector('[data-view]');
    const source = look === 'picture' ? `${href}/preview` : href;
    Object.assign(opener.dataset, { view: look, source, href, name });
    if (look === 'drawn') Object.assign(face.dataset, { draw: format, source });
    else face.append(Object.assign(new window.Image(56, 56), { src: source, alt: '' }));
    startPreviews(this.item);
  }

  enter(state, { note = '', refusal = '', busy = '', act = null }) {
    this.state = state;
    this.act = act ? act.act : () => {};
    this.part('note').textContent = note;
    this.part('refusal').hidden = !refusal;
    this.part('refusal span').textContent = refusal;
    this.part('progress').hidden = !busy;
    this.part('state').textContent = busy;
    this.part('progress progress').value = 0;
    this.part('act').hidden = !act;
    this.part('act').textContent = act?.text ?? '';
    this.item.querySelector('[data-file-remove-word]').textContent = busy ? 'Отменить' : 'Убрать';
  }

  get isBusy() {
    return this.state === 'working';
  }
}
