import { documentKind } from './document-kinds.js';
import { contradicts, differencesOf } from './requisite-differences.js';

const KIND = documentKind('RF_PASSPORT');
const AT_ESIA = {
  series: '4008',
  number: '123456',
  issueDate: '2008-03-20',
  issuedBy: 'ОУФМС России',
  birthPlace: 'Ленинград',
};

describe('a typed copy beside ESIA’s document', () => {
  it('differs requisite by requisite', () => {
    expect(differencesOf(KIND, { ...AT_ESIA, number: '123465', birthPlace: 'Псков' }, AT_ESIA)).toEqual([
      { code: 'number', here: '123465', atEsia: '123456' },
      { code: 'birthPlace', here: 'Псков', atEsia: 'Ленинград' },
    ]);
  });

  it('does not differ in what ESIA does not know, nor in capitals', () => {
    expect(differencesOf(KIND, { ...AT_ESIA, departmentCode: '780-001', issuedBy: 'ОУФМС РОССИИ' }, AT_ESIA)).toEqual(
      [],
    );
  });

  it('does not contradict it by leaving something out', () => {
    const { birthPlace, ...typed } = AT_ESIA;
    expect(differencesOf(KIND, typed, AT_ESIA)).toEqual([{ code: 'birthPlace', here: null, atEsia: birthPlace }]);
    expect(contradicts(KIND, typed, AT_ESIA)).toBe(false);
    expect(contradicts(KIND, { ...typed, series: '4009' }, AT_ESIA)).toBe(true);
  });
});
