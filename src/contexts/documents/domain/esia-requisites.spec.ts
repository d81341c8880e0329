import { documentKind } from './document-kinds.js';
import { requisitesOfEsia } from './esia-requisites.js';

const read = (code: string, values: Readonly<Record<string, unknown>>) => requisitesOfEsia(documentKind(code), values);

describe('requisites as ESIA has them', () => {
  it('are read by the same names', () => {
    const passport = {
      series: '4008',
      number: '123456',
      issueDate: '2008-03-20',
      issuedBy: 'ОУФМС',
      departmentCode: '780001',
    };
    expect(read('RF_PASSPORT', { ...passport, birthPlace: 'гор. Ленинград', actNumber: null })).toEqual({
      ...passport,
      departmentCode: '780-001',
      birthPlace: 'гор. Ленинград',
    });
  });

  it.each([
    ['DRIVING_LICENCE', { series: '99ОО', number: '000001' }, { number: '99ОО000001' }],
    ['SNILS', { series: null, number: '11223344595' }, { snils: '11223344595' }],
    ['INN', { series: null, number: '781000001239' }, { inn: '781000001239' }],
    ['OMS_POLICY', { series: null, number: '7800000000000015' }, { enp: '7800000000000015' }],
    ['OMS_POLICY', { series: '78АБ', number: '7800000000000015' }, { enp: '7800000000000015', series: '78АБ' }],
    ['RF_BIRTH_CERTIFICATE', { series: 'IVАК', number: '000123' }, { series: 'IV-АК', number: '000123' }],
  ])('of %s are put together from series and number', (code, values, expected) => {
    expect(read(code, values)).toEqual(expected);
  });

  it('stay as ESIA writes them where they do not fit, so that no document is lost', () => {
    expect(read('RF_PASSPORT', { series: '40-8', number: '12345', issuedBy: 'Х'.repeat(600) })).toEqual({
      series: '40-8',
      number: '12345',
      issuedBy: 'Х'.repeat(500),
    });
    expect(read('OMS_POLICY', { number: '123456789' })).toEqual({ enp: '123456789' });
  });

  it('leave out days that no calendar has', () => {
    expect(read('MILITARY_ID', { series: 'АА', number: '0001234', issueDate: '2012-13-01' })).toEqual({
      series: 'АА',
      number: '0001234',
    });
  });

  it('are nothing without a number', () => {
    expect(read('RF_PASSPORT', { series: '4008', number: null, issueDate: '2008-03-20' })).toBeNull();
    expect(read('RF_PASSPORT', { series: '4008', number: ' ' })).toBeNull();
  });
});
