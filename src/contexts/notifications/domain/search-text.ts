/** Text as it is compared in a search: lower case, «ё» as «е», runs of spaces as one. */
export const foldForSearch = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('ru').replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
