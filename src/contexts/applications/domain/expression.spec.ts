import fc from 'fast-check';
import { evaluate, type Expression, holds, namesIn } from './expression.js';

const NAMES = ['a', 'b', 'c'];

const literal = fc.oneof(fc.constantFrom('$a', '$b', '$c', '$a.part', '$missing', 'x', '', '2026-04-01'), fc.integer(), fc.boolean(), fc.constant(null));
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal as fc.Arbitrary<Expression>,
    fc.record({ equals: fc.tuple(tie('expression'), tie('expression')) }),
    fc.record({ oneOf: fc.tuple(tie('expression'), fc.array(tie('expression'), { maxLength: 3 })) }),
    fc.record({ atLeast: fc.tuple(tie('expression'), tie('expression')) }),
    fc.record({ present: tie('expression') }),
    fc.record({ yearOf: tie('expression') }),
    fc.record({ not: tie('expression') }),
    fc.record({ allOf: fc.array(tie('expression'), { maxLength: 3 }) }),
    fc.record({ anyOf: fc.array(tie('expression'), { maxLength: 3 }) }),
  ),
}));
const scope = fc.dictionary(fc.constantFrom(...NAMES, '__proto__', 'constructor'), fc.jsonValue());

describe('An expression', () => {
  it.each<[string, Expression, object, unknown]>([
    ['is equal to the same value', { equals: ['$kind', 'A'] }, { kind: 'A' }, true],
    ['takes a missing value for null', { equals: ['$kind', null] }, {}, true],
    ['does not take null for no', { equals: ['$kind', false] }, {}, false],
    ['looks into a part', { equals: ['$home.district', 'NEVSKY'] }, { home: { district: 'NEVSKY' } }, true],
    ['takes a part of nothing for null', { equals: ['$home.district', null] }, { home: null }, true],
    ['sees no inherited property', { present: '$home.constructor' }, { home: {} }, false],
    ['finds one of several', { oneOf: ['$kind', ['A', 'B']] }, { kind: 'B' }, true],
    ['compares numbers', { atLeast: ['$count', 3] }, { count: 3 }, true],
    ['does not compare a text with a number', { atLeast: ['$count', 3] }, { count: '4' }, false],
    ['tells the year of a day', { yearOf: '$day' }, { day: '2026-09-06' }, 2026],
    ['has no year of other text', { yearOf: '$day' }, { day: 'tomorrow' }, null],
    ['takes a list for nothing', { present: '$list' }, { list: ['a'] }, false],
    ['holds for all of nothing', { allOf: [] }, {}, true],
    ['does not hold for any of nothing', { anyOf: [] }, {}, false],
  ])('%s', (_, rule, values, outcome) => {
    expect(evaluate(rule, values as Record<string, unknown>)).toBe(outcome);
  });

  it('comes to a plain value on any answers, without throwing', () => {
    fc.assert(
      fc.property(expression, scope, (rule, values) => {
        const outcome = evaluate(rule, values);
        return outcome === null || ['string', 'number', 'boolean'].includes(typeof outcome);
      }),
    );
  });

  it('means the opposite when negated', () => {
    fc.assert(fc.property(expression, scope, (rule, values) => holds({ not: rule }, values) === !holds(rule, values)));
  });

  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(fc.array(expression, { maxLength: 4 }), scope, (rules, values) => {
        const negated = rules.map((not) => ({ not }));
        return holds({ not: { allOf: rules } }, values) === holds({ anyOf: negated }, values);
      }),
    );
  });

  it('finds one of several exactly when it equals any of them', () => {
    fc.assert(
      fc.property(expression, fc.array(expression, { maxLength: 4 }), scope, (value, candidates, values) => {
        const each = candidates.map((candidate): Expression => ({ equals: [value, candidate] }));
        return holds({ oneOf: [value, candidates] }, values) === holds({ anyOf: each }, values);
      }),
    );
  });

  it('depends on nothing but the names it shows', () => {
    fc.assert(
      fc.property(expression, scope, fc.jsonValue(), (rule, values, other) => {
        const shown = new Set(namesIn(rule));
        const changed = Object.fromEntries([...Object.entries(values), ...NAMES.map((name) => [name, other] as const)].filter(([name]) => !shown.has(name)));
        const kept = Object.fromEntries(Object.entries(values).filter(([name]) => shown.has(name)));
        return evaluate(rule, { ...changed, ...kept }) === evaluate(rule, values);
      }),
    );
  });
});
