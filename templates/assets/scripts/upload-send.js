/** Not taken: `words` say why; `again` tells whether the same file may be taken at another try. */
export class Refusal extends Error {
  constructor(words, again = false) {
    super(words);
    this.words = words;
    this.again = again;
  }
}

const NO_CONNECTION = 'Нет связи, файл не загружен. Проверьте интернет и повторите.';
const NO_ANSWER = 'Файл не загружен: портал не ответил. Повторите через минуту.';
/** Wait a little and the same file may be taken. */
const passing = (status) => status === 408 || status === 429 || status >= 500;

function refusalOf({ status, response }) {
  const words = response?.detail ?? (passing(status) ? NO_ANSWER : 'Файл не загружен. Выберите другой.');
  return new Refusal(words, passing(status));
}

/**
 * Sends one file to `address`; `onPart` hears how much of it has gone, from 0 to 1. Answers what the server says of the file, null when
 * `signal` has stopped it; throws Refusal.
 */
export function sendFile(file, { address, signal, onPart }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('x-csrf-token', document.querySelector('meta[name=csrf-token]').content);
    request.upload.addEventListener('progress', ({ loaded, total }) => onPart(loaded / total));
    request.addEventListener('load', () =>
      request.status === 201 ? resolve(request.response) : reject(refusalOf(request)),
    );
    request.addEventListener('error', () => reject(new Refusal(NO_CONNECTION, true)));
    request.addEventListener('abort', () => resolve(null));
    signal.addEventListener('abort', () => request.abort());
    const body = new FormData();
    body.append('file', file);
    request.send(body);
  });
}
