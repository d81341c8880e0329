import { DOCUMENT_KINDS } from '../domain/document-kinds.js';
import { isFound } from './kind-search.js';

const found = (sought: string) => DOCUMENT_KINDS.filter((kind) => isFound(kind, sought)).map(({ code }) => code);

describe('the search for a kind of document', () => {
  it.each([
    ['загран', ['RF_FOREIGN_PASSPORT']],
    ['права', ['DRIVING_LICENCE']],
    ['СНИЛС', ['SNILS']],
    ['снилса', ['SNILS']],
    ['полис', ['OMS_POLICY']],
    ['полиса ОМС', ['OMS_POLICY']],
    ['военного билета', ['MILITARY_ID']],
    ['БРАКА свид', ['MARRIAGE_CERTIFICATE']],
    ['егрюл', ['EGRUL_EXTRACT']],
    ['загранпаспорта', ['RF_FOREIGN_PASSPORT']],
    ['паспорт на ребёнка', ['RF_FOREIGN_PASSPORT']],
  ])('finds by «%s» exactly what people mean', (sought, codes) => {
    expect(found(sought)).toEqual(codes);
  });

  it('finds every kind by its official name', () => {
    for (const { code, label } of DOCUMENT_KINDS) expect(found(label)).toContain(code);
  });

  it('finds all when nothing is sought and none by a word no document has', () => {
    expect(found(' – ')).toHaveLength(DOCUMENT_KINDS.length);
    expect(found('ёжик')).toEqual([]);
  });
});
