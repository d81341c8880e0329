const DELAY = 1500;
const RETRY = 10_000;

/**
 * Saves a draft while it is being typed: `<form data-autosave="/address" data-version="3">`. The version goes in `if-match`;
 * a draft that somebody else changed is never overwritten: saving stops and the page says so.
 */
class Autosave {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector('[data-autosave-state]');
    this.conflict = form.querySelector('[data-autosave-conflict]');
    this.version = form.dataset.version;
    this.timer = null;
    this.saving = false;
    this.changed = false;
    this.stopped = false;
  }

  start() {
    const changed = () => this.later(DELAY);
    this.form.addEventListener('input', changed);
    this.form.addEventListener('change', changed);
    this.form.addEventListener('submit', () => {
      clearTimeout(this.timer);
      this.stopped = true;
    });
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.stopped = false;
    });
  }

  later(delay) {
    if (this.stopped) return;
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    if (this.saving || this.stopped) return;
    this.saving = true;
    this.changed = false;
    this.say('Сохраняем черновик…');
    try {
      await this.send();
    } catch {
      this.say('Черновик пока не сохранён: нет связи. Попробуем ещё раз сами.');
      this.later(RETRY);
    }
    this.saving = false;
    if (this.changed) this.later(DELAY);
  }

  async send() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') fields.append(name, value);
    const answer = await fetch(this.form.dataset.autosave, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'if-match': this.version,
        'x-csrf-token': document.querySelector('meta[name=csrf-token]').content,
      },
      body: fields,
    });
    if (answer.status === 409 || answer.status === 412) return this.showConflict();
    if (answer.status === 401 || answer.status === 403)
      return this.say('Черновик не сохранён: вход устарел. Нажмите «Сохранить черновик» или войдите снова.');
    if (answer.status >= 400 && answer.status < 500)
      return this.say('Черновик не сохранён: проверьте поля и нажмите «Сохранить черновик».');
    if (!answer.ok) throw new Error(`Autosave answered ${answer.status}`);
    const { version, savedAt } = await answer.json();
    this.take(String(version));
    const time = new Intl.DateTimeFormat('ru-RU', {
      timeZone: 'Europe/Moscow',
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(savedAt));
    return this.say(`Черновик сохранён в ${time} (МСК)`);
  }

  take(version) {
    this.version = version;
    const field = this.form.querySelector('input[name=version]');
    if (field) field.value = version;
  }

  showConflict() {
    this.stopped = true;
    this.say('');
    if (this.conflict) this.conflict.hidden = false;
  }

  say(text) {
    if (this.state) this.state.textContent = text;
  }
}

export function startAutosave() {
  for (const form of document.querySelectorAll('form[data-autosave]')) new Autosave(form).start();
}
