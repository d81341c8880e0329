import { tooLarge } from './file-sizes.js';
import { startDropping, startPasting } from './upload-gestures.js';
import { asJpeg } from './upload-picture.js';
import { Row } from './upload-row.js';
import { Refusal, sendFile } from './upload-send.js';

const AT_ONCE = 3;
const rules = new Intl.PluralRules('ru-RU');
const FILES = { one: 'файл', few: 'файла', many: 'файлов', other: 'файла' };
const extensionOf = (name) => (name.includes('.') ? name.split('.').at(-1).toLowerCase() : '');
const isJpeg = (extension) => extension === 'jpg' || extension === 'jpeg';
const looksLikePicture = ({ type, name }) =>
  type.startsWith('image/') || ['png', 'webp', 'heic', 'heif', 'gif', 'bmp'].includes(extensionOf(name));

let sending = 0;
const queue = [];

/** Runs `work` when fewer than three files of the page are on their way. */
async function inTurn(work) {
  if (sending >= AT_ONCE) await new Promise((turn) => queue.push(turn));
  sending += 1;
  try {
    return await work();
  } finally {
    sending -= 1;
    queue.shift()?.();
  }
}

/**
 * A field for files that sends each one at once, before its form: chosen, dropped, pasted or photographed. What can be known here is
 * checked here; the server decides. The form carries the ids of what was accepted and waits for what is on its way.
 */
class Upload {
  constructor(place) {
    this.place = place;
    this.input = place.querySelector('input[type=file]');
    this.form = this.input.form;
    this.zone = place.querySelector('[data-drop-zone]');
    this.list = place.querySelector('[data-upload-list]');
    this.template = place.querySelector('[data-upload-row]');
    this.extensions = this.input.accept.split(',').map((extension) => extension.slice(1));
    this.takesJpeg = this.extensions.some(isJpeg);
    this.maxBytes = Number(place.dataset.maxBytes);
    this.rows = new Set();
    this.held = null;
    this.leaving = false;
  }

  start() {
    this.place.classList.add('upload-live');
    // A finger neither drags files nor pastes pictures.
    const byTouch = window.matchMedia('(pointer: coarse)').matches;
    this.place.querySelector('[data-drop-words]').hidden = byTouch;
    this.input.addEventListener('change', () => this.takeChosen());
    this.zone.addEventListener('drop', ({ dataTransfer }) => this.take([...dataTransfer.files]));
    if (this.takesJpeg && byTouch) this.offerCamera();
    for (const item of this.list.querySelectorAll('[data-uploaded]')) this.makeRemovable(item);
    // Before the other listeners of the form: one of them marks it as sent.
    this.form.addEventListener('submit', (event) => this.hold(event), true);
    this.form.addEventListener('submit', ({ defaultPrevented }) => (this.leaving = !defaultPrevented));
    window.addEventListener('beforeunload', (event) => {
      const unsent = [...this.rows].some(({ isBusy, state }) => isBusy || state === 'accepted');
      if (unsent && !this.leaving) event.preventDefault();
    });
    // Somebody may have been quicker than this script.
    this.takeChosen();
  }

  offerCamera() {
    const button = this.place.querySelector('[data-camera]');
    const camera = document.createElement('input');
    Object.assign(camera, { type: 'file', accept: 'image/jpeg' });
    camera.setAttribute('capture', 'environment');
    camera.addEventListener('change', () => this.take([...camera.files]));
    button.addEventListener('click', () => camera.click());
    button.hidden = false;
  }

  /** A file uploaded with the form before; the server could only keep it. */
  makeRemovable(item) {
    const button = this.template.content.querySelector('[data-file-remove]').cloneNode(true);
    button.querySelector('[data-file-remove-word]').textContent = 'Убрать';
    button.querySelector('[data-of-file]').textContent =
      ` файл ${item.querySelector('.file-body > :first-child').textContent}`;
    button.addEventListener('click', () => {
      item.remove();
      this.input.focus();
    });
    item.querySelector('.file-acts').append(button);
  }

  get room() {
    const { maxFiles, taken } = this.place.dataset;
    const chosen = [...this.rows].filter(({ state }) => state !== 'refused').length;
    return maxFiles - taken - this.list.querySelectorAll('[data-uploaded]').length - chosen;
  }

  takeChosen() {
    this.take([...this.input.files]);
    this.input.value = '';
  }

  /** `pasted`: a screenshot is a PNG, and nobody has to be asked about that. */
  take(files, pasted = false) {
    this.refuse('');
    const left = [];
    for (const file of files) {
      if (this.room <= 0) left.push(`«${file.name}»`);
      else this.add(file, pasted);
    }
    if (left.length === 0) return;
    const most = Number(this.place.dataset.maxFiles);
    this.refuse(`Сюда помещается ${most} ${FILES[rules.select(most)]}. Не поместились: ${left.join(', ')}.`);
  }

  add(file, pasted) {
    const row = new Row(this.template, file, () => {
      this.rows.delete(row);
      this.input.focus();
      this.goOn();
    });
    this.rows.add(row);
    this.list.append(row.item);
    this.consider(row, file, pasted);
  }

  consider(row, file, pasted) {
    const extension = extensionOf(file.name);
    const known = this.extensions.includes(extension);
    if (known && file.size > 0 && file.size <= this.maxBytes) return void this.send(row, file);
    if (known && file.size === 0) return this.turnAway(row, file, 'Файл пустой. Выберите другой.');
    const convert = () => void this.convert(row, file);
    if (!known && this.takesJpeg && looksLikePicture(file)) {
      if (pasted) return convert();
      return row.ask(
        `Формат ${extension} не принимается, но из картинки можно сделать JPG.`,
        'Сделать JPG и загрузить',
        convert,
      );
    }
    if (isJpeg(extension) && known)
      return row.ask(
        `Фото ${tooLarge(file.size, this.maxBytes)}. Его можно уменьшить.`,
        'Уменьшить и загрузить',
        convert,
      );
    if (known) return this.turnAway(row, file, `Файл ${tooLarge(file.size, this.maxBytes)}. Выберите другой.`);
    this.turnAway(row, file, `Такой формат не принимается. Можно: ${this.extensions.join(', ')}.`);
  }

  async convert(row, file) {
    row.work('Готовим картинку…');
    const made = await asJpeg(file, this.maxBytes).catch(() => null);
    if (!made)
      return this.turnAway(
        row,
        file,
        'Браузер не смог открыть эту картинку. Сохраните её в формате JPG и выберите снова.',
      );
    if (row.stop.signal.aborted) return;
    row.name(made.file);
    await this.send(row, made.file, made.said);
  }

  async send(row, file, said = '') {
    const address = `/files?extensions=${this.extensions.join(',')}`;
    row.work('Ждёт очереди');
    this.tell(`Загружаем файл «${file.name}»`);
    try {
      const { signal } = row.stop;
      const onPart = (part) => row.progress(part);
      const stored = await inTurn(() => {
        onPart(0);
        return signal.aborted ? null : sendFile(file, { address, signal, onPart });
      });
      if (!stored) return;
      row.accept(stored, this.place.dataset.ids, said);
      this.tell(`Файл «${file.name}» загружен. ${said}`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.again) row.fail(refusal.words, () => void this.send(row, file, said));
      else row.refuse(refusal.words);
      this.tell(`Файл «${file.name}» не загружен. ${refusal.words}`);
    }
    this.goOn();
  }

  turnAway(row, file, words) {
    row.refuse(words);
    this.tell(`Файл «${file.name}» не взят. ${words}`);
    this.goOn();
  }

  /** A form sent too early waits for the files on their way; those that need an answer stop it. */
  hold(event) {
    const rows = [...this.rows];
    const open = rows.find(({ state }) => state === 'asking' || state === 'failed');
    if (!open && !rows.some(({ isBusy }) => isBusy)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (open) {
      this.refuse('Сначала решите, что делать с файлами, которые ещё не загружены.');
      open.part('act').focus();
      return;
    }
    this.held = { submitter: event.submitter };
    this.refuse('Файлы ещё загружаются. Отправим форму, как только загрузятся все.');
  }

  goOn() {
    if (!this.held || [...this.rows].some(({ isBusy }) => isBusy)) return;
    const { submitter } = this.held;
    this.held = null;
    if ([...this.rows].some(({ state }) => state !== 'accepted'))
      return this.refuse('Загрузились не все файлы, поэтому форма не отправлена.');
    this.refuse('');
    this.form.requestSubmit(submitter);
  }

  refuse(words) {
    const place = this.place.querySelector('[data-upload-refusal]');
    place.textContent = words;
    place.hidden = !words;
  }

  tell(words) {
    this.place.querySelector('[data-upload-news]').textContent = words;
  }
}

export function startUploads() {
  const uploads = [...document.querySelectorAll('[data-upload]')].map((place) => new Upload(place));
  for (const upload of uploads) upload.start();
  startDropping(uploads);
  startPasting(uploads);
}
