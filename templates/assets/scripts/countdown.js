const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

const days = new Intl.NumberFormat('ru-RU', { style: 'unit', unit: 'day', unitDisplay: 'long' });
const clock = (left) =>
  [Math.floor((left % DAY) / HOUR), Math.floor((left % HOUR) / 60_000), Math.floor((left % 60_000) / SECOND)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

/** «3 дня 05:12:40»: whole seconds are rounded up, so that zero is shown only when the time has come. */
const inWords = (milliseconds) => {
  const left = Math.ceil(milliseconds / SECOND) * SECOND;
  return left >= DAY ? `${days.format(Math.floor(left / DAY))} ${clock(left)}` : clock(left);
};

/**
 * Counts down to the opening by the server's time, whatever the clock of the device says, and makes the button usable at zero. It sends
 * nothing by itself, and the server decides: a press that comes too early is refused there.
 */
class Countdown {
  constructor(place) {
    this.place = place;
    this.serverAhead = Date.parse(place.dataset.asOf) - Date.now();
    this.opensAt = Date.parse(place.dataset.opensAt);
    this.buttons = document.querySelectorAll('[data-enabled-at-opening]');
  }

  start() {
    this.place.hidden = false;
    for (const button of this.buttons) button.disabled = true;
    this.tick();
  }

  tick() {
    const left = this.opensAt - (Date.now() + this.serverAhead);
    if (left <= 0) return this.open();
    this.place.textContent = `До начала приёма: ${inWords(left)}`;
    setTimeout(() => this.tick(), left % SECOND || SECOND);
  }

  open() {
    this.place.hidden = true;
    for (const button of this.buttons) button.disabled = false;
    const news = this.place.parentElement.querySelector('[data-opened]');
    if (news) news.textContent = 'Приём начался: заявление можно отправить.';
  }
}

export function startCountdowns() {
  for (const place of document.querySelectorAll('[data-opens-at]')) new Countdown(place).start();
}
