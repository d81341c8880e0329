import { faultOf } from './invalid-requisite.js';
import { PLATE_TYPES, PlateNumber, type PlateType } from './plate-number.js';

describe('plate number', () => {
  it.each<[string, PlateType, string]>([
    ['А123ВС178', '1', 'А123ВС178'],
    ['Х999ХХ78', '1', 'Х999ХХ78'],
    ['М001ММ98', '1', 'М001ММ98'],
    ['a 123 bc 178', '1', 'А123ВС178'],
    ['А123ВС178', '1А', 'А123ВС178'],
    ['АВ12378', '1Б', 'АВ12378'],
    ['АВ123478', '2', 'АВ123478'],
    ['1234АВ78', '3', '1234АВ78'],
    ['1234АВ78', '4', '1234АВ78'],
    ['1234АВ78', '4А', '1234АВ78'],
    ['АВ12СЕ78', '4Б', 'АВ12СЕ78'],
    ['1234АВ21', '5', '1234АВ21'],
    ['АВ123421', '6', 'АВ123421'],
    ['1234АВ21', '7', '1234АВ21'],
    ['1234АВ21', '8', '1234АВ21'],
    ['001СD178', '9', '001CD178'],
    ['001D00178', '10', '001D00178'],
    ['АВ123С78', '15', 'АВ123С78'],
    ['ТАВ12378', '19', 'ТАВ12378'],
    ['А123478', '20', 'А123478'],
    ['123А78', '21', '123А78'],
    ['1234А78', '22', '1234А78'],
  ])('takes %s as type %s', (typed, type, stored) => {
    expect(PlateNumber.parse(typed, type)).toMatchObject({ value: stored, type });
  });

  it.each([
    ['Ж123ВС78', 'BAD_CHARACTERS'],
    ['А000ВС78', 'IMPOSSIBLE_VALUE'],
    ['А123ВС078', 'IMPOSSIBLE_VALUE'],
    ['А123ВС', 'BAD_LENGTH'],
    ['А123ВС1780', 'BAD_LENGTH'],
    ['', 'EMPTY'],
  ])('refuses %s as %s', (typed, fault) => {
    expect(faultOf(() => PlateNumber.parse(typed))).toBe(fault);
  });

  it('never guesses the type: one string is a trailer or a taxi', () => {
    expect(PlateNumber.parse('АВ123478', '2').formatted).toBe('АВ1234\u00A078');
    expect(PlateNumber.parse('АВ123478', '1Б').formatted).toBe('АВ123\u00A0478');
    expect(faultOf(() => PlateNumber.parse('АВ123478'))).toBe('BAD_CHARACTERS');
  });

  it('knows the nineteen types of the standard', () => expect(PLATE_TYPES).toHaveLength(19));
});
