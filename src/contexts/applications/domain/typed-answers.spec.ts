import fc from 'fast-check';
import { type Answers } from './answers.js';
import { UnknownField, UnstorableAnswer } from './draft.errors.js';
import { type FormDefinition, type Step } from './form-definition.js';
import { MAX_TYPED, takeAhead, takeStep } from './typed-answers.js';

const STEP: Step = {
  code: 'HOME',
  title: 'Дом',
  fields: [
    { name: 'owner', type: 'string', label: 'Владелец', readOnly: true },
    { name: 'address', type: 'address', label: 'Адрес' },
    { name: 'children', type: 'childRef', label: 'Дети', multiple: true },
    { name: 'note', type: 'text', label: 'Заметка' },
    { name: 'year', type: 'computed', label: 'Год' },
  ],
};
const BEFORE: Answers = { owner: 'Невская', note: 'Прежняя', other: 'С другой страницы' };

describe('A page as it was typed', () => {
  it('replaces the answers of its own questions and leaves all others', () => {
    expect(takeStep(STEP, { address: { line: 'Невский, 1' }, children: 'a' }, BEFORE)).toEqual({
      owner: 'Невская',
      address: { line: 'Невский, 1' },
      children: ['a'],
      other: 'С другой страницы',
    });
  });

  it.each(['owner', 'year', 'other', 'nothing', '__proto__'])('holds no value for %s, which it does not ask', (name) => {
    const typed = JSON.parse(`{"${name}": "x"}`) as Record<string, unknown>;
    expect(() => takeStep(STEP, typed, BEFORE)).toThrow(UnknownField);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a line where parts belong', { address: 'Невский, 1' }],
    ['a part that the address has not', { address: { line: 'Невский, 1', planet: 'Земля' } }],
    ['parts where a line belongs', { note: { line: 'x' } }],
    ['a list where a line belongs', { note: ['a', 'b'] }],
    ['more than a draft holds', { note: 'x'.repeat(MAX_TYPED + 1) }],
    ['too many choices', { children: Array.from({ length: 101 }, String) }],
  ])('is refused with %s', (_, typed) => {
    expect(() => takeStep(STEP, typed, BEFORE)).toThrow(UnstorableAnswer);
  });

  it('is either stored or refused, whatever comes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('address', 'children', 'note'), fc.jsonValue()), (typed) => {
        try {
          return takeStep(STEP, typed, BEFORE)['owner'] === 'Невская';
        } catch (refusal) {
          return refusal instanceof UnstorableAnswer;
        }
      }),
    );
  });
});

describe('Answers given ahead of the form', () => {
  const form = { steps: [STEP, { code: 'MORE', title: 'Ещё', fields: [{ name: 'colour', type: 'enum', label: 'Цвет' }] }] } as unknown as FormDefinition;

  it('fill questions of any page and leave the rest', () => {
    expect(takeAhead(form, { colour: 'RED', children: 'a' }, BEFORE)).toEqual({ ...BEFORE, colour: 'RED', children: ['a'] });
  });

  it.each(['owner', 'year', 'nothing', '__proto__'])('are refused for %s, which people are not asked', (name) => {
    expect(() => takeAhead(form, JSON.parse(`{"${name}": "x"}`) as Record<string, unknown>, BEFORE)).toThrow(UnknownField);
  });

  it('are refused in a shape the question does not have', () => {
    expect(() => takeAhead(form, { colour: { line: 'x' } }, BEFORE)).toThrow(UnstorableAnswer);
  });
});
