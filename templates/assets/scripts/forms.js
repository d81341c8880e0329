import { tooLarge } from './file-sizes.js';

const SIMILAR = { A: 'А', B: 'В', E: 'Е', K: 'К', M: 'М', H: 'Н', O: 'О', P: 'Р', C: 'С', T: 'Т', Y: 'У', X: 'Х' };

/** In capitals, without spaces, Latin letters as the Cyrillic ones that look the same. */
const inCyrillic = (text) =>
  text
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(/[A-Z]/g, (letter) => SIMILAR[letter] ?? letter);

/** Tidies what was typed after the person leaves the field, so that typing and pasting in any shape are never disturbed. */
const FORMATS = {
  digits: (text) => text.replace(/\D/g, ''),
  // What is not a digit and not a separator stays: a mistake is better seen than lost.
  number: (text) => text.replace(/[\s№().\-–—]/g, ''),
  code: (text) => text.replace(/[\s№]/g, '').replace(/[–—]/g, '-').toUpperCase(),
  department: (text) => text.replace(/[\s\-–—]/g, '').replace(/^(\d{3})(\d{3})$/, '$1-$2'),
  licence: (text) =>
    inCyrillic(text)
      .replace(/[-–—№]/g, '')
      .replace(/^(..)(..)(\d{6})$/, '$1 $2 $3'),
  roman: (text) => {
    const parts = /^([IVXLХ1]+)[\s\-–—]*([А-ЯЁABEKMHOPCTY]{2})$/.exec(text.trim().toUpperCase());
    return parts ? `${parts[1].replaceAll('Х', 'X').replaceAll('1', 'I')}-${inCyrillic(parts[2])}` : text;
  },
  plate: (text) => inCyrillic(text).replace(/-/g, ''),
  phone: (text) => {
    const digits = text.replace(/\D/g, '').replace(/^[78](?=\d{10}$)/, '');
    return digits.length === 10
      ? `+7 ${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`
      : text;
  },
  snils: (text) => {
    const digits = text.replace(/\D/g, '');
    return digits.length === 11
      ? `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6, 9)} ${digits.slice(9)}`
      : text;
  },
  date: (text) => {
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
    if (iso) return `${iso[3]}.${iso[2]}.${iso[1]}`;
    const digits = text.replace(/\D/g, '');
    if (digits.length === 8 && /^\d{8}$/.test(text.trim()))
      return `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4)}`;
    return text.trim().replace(/[\s/-]+/g, '.');
  },
};

/** «4008 123456» pasted into the field of the series fills the number, too (`data-part="4"`, `data-rest` names the other field). */
function part(input) {
  const length = Number(input.dataset.part);
  const rest = document.getElementById(input.dataset.rest ?? '');
  if (!rest || rest.value || !/^\d+$/.test(input.value) || input.value.length <= length) return;
  rest.value = input.value.slice(length);
  input.value = input.value.slice(0, length);
}

function startFormatting() {
  for (const input of document.querySelectorAll('input[data-format]')) {
    const format = FORMATS[input.dataset.format];
    if (!format) continue;
    input.addEventListener('change', () => {
      const tidied = format(input.value);
      if (tidied !== input.value) input.value = tidied;
      part(input);
    });
  }
}

/** Says which file is too large before it is sent; the server checks again. */
function startFileChecks() {
  for (const input of document.querySelectorAll('input[type=file][data-max-bytes]')) {
    const limit = Number(input.dataset.maxBytes);
    const refusal = document.getElementById(`${input.id}-refusal`);
    input.addEventListener('change', () => {
      const large = [...input.files].find(({ size }) => size > limit);
      refusal.hidden = !large;
      refusal.textContent = large
        ? `Файл «${large.name}» ${tooLarge(large.size, limit)}. Выберите другой.`
        : '';
      if (large) input.value = '';
    });
  }
}

function startCharacterCounts() {
  const rules = new Intl.PluralRules('ru-RU');
  const words = { one: 'знак', few: 'знака', many: 'знаков', other: 'знака' };
  for (const counter of document.querySelectorAll('[data-characters-left]')) {
    const area = document.getElementById(counter.dataset.charactersLeft);
    const show = () => {
      const left = area.maxLength - area.value.length;
      counter.textContent = `Осталось ${left} ${words[rules.select(left)]}`;
    };
    counter.hidden = false;
    area.addEventListener('input', show);
    show();
  }
}

/** A form with `data-once` is sent once; coming back with the browser's button makes it usable again. */
function startOnce() {
  for (const form of document.querySelectorAll('form[data-once]')) {
    const buttons = () => form.querySelectorAll('button[type=submit]');
    form.addEventListener('submit', (event) => {
      if (form.hasAttribute('data-sent')) {
        event.preventDefault();
        return;
      }
      form.setAttribute('data-sent', '');
      for (const button of buttons()) button.setAttribute('aria-disabled', 'true');
    });
    window.addEventListener('pageshow', () => {
      form.removeAttribute('data-sent');
      for (const button of buttons()) button.removeAttribute('aria-disabled');
    });
  }
}

export function startForms() {
  startFormatting();
  startFileChecks();
  startCharacterCounts();
  startOnce();
}
