const plain = (text) => text.toLowerCase().replaceAll('ё', 'е');

/** As the server does (`kind-search.ts`): a long word is sought without its ending. */
const stem = (word) => (word.length < 6 ? word : word.slice(0, word.length > 7 ? -3 : -2));

/** Words that join others and tell nothing. */
const JOINING = ['на', 'для', 'о', 'об', 'в', 'и', 'по', 'у', 'с'];

const rules = new Intl.PluralRules('ru-RU');
const FORMS = { one: 'документ', few: 'документа', many: 'документов', other: 'документа' };

/** Shows the kinds of documents that are being typed, and says how many there are; the button finds the same on the server. */
function startSearch(form) {
  const input = form.querySelector('input[type=search]');
  const groups = [...document.querySelectorAll('[data-kinds]')];
  const count = document.querySelector('[data-kinds-count]');
  const none = document.querySelector('[data-kinds-none]');

  const show = () => {
    const words = plain(input.value)
      .split(/[^\p{L}\d]+/u)
      .filter((word) => word && !JOINING.includes(word))
      .map(stem);
    let found = 0;
    for (const group of groups) {
      const kinds = [...group.querySelectorAll('[data-words]')];
      for (const kind of kinds) kind.hidden = !words.every((word) => kind.dataset.words.includes(word));
      const shown = kinds.filter(({ hidden }) => !hidden).length;
      group.hidden = shown === 0;
      found += shown;
    }
    none.hidden = found > 0;
    count.textContent = found > 0 ? `${found} ${FORMS[rules.select(found)]} в списке` : 'Ничего не нашлось';
  };
  input.addEventListener('input', show);
  if (input.value) show();
}

export function startKinds() {
  for (const form of document.querySelectorAll('[data-kinds-search]')) startSearch(form);
}
