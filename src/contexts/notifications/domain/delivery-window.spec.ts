import { DeliveryWindow } from './delivery-window.js';
import { InvalidDeliveryWindow } from './preferences.errors.js';

/** Moscow is three hours ahead of UTC all the year. */
const moscow = (dayAndTime: string) => new Date(`${dayAndTime}:00+03:00`);

describe('the delivery window', () => {
  it.each([
    ['2026-11-22T09:00', true],
    ['2026-11-22T20:59', true],
    ['2026-11-22T21:00', false],
    ['2026-11-22T08:59', false],
    ['2026-11-23T00:30', false],
  ])('of 09:00–21:00 at %s is open: %s', (at, open) => {
    expect(DeliveryWindow.default.isOpenAt(moscow(at))).toBe(open);
  });

  it.each([
    ['2026-11-22T22:00', true],
    ['2026-11-22T01:59', true],
    ['2026-11-22T02:00', false],
    ['2026-11-22T21:59', false],
  ])('may cross midnight: 22:00–02:00 at %s is open: %s', (at, open) => {
    expect(DeliveryWindow.of('22:00', '02:00').isOpenAt(moscow(at))).toBe(open);
  });

  it('with equal bounds is open round the clock', () => {
    expect(DeliveryWindow.of('09:00', '09:00').isOpenAt(moscow('2026-11-22T03:00'))).toBe(true);
  });

  it('lets an evening message wait for the morning', () => {
    expect(DeliveryWindow.default.nextOpening(moscow('2026-11-22T21:00'))).toEqual(moscow('2026-11-23T09:00'));
  });

  it('lets a message after midnight wait for the same morning', () => {
    expect(DeliveryWindow.default.nextOpening(moscow('2026-11-23T00:05'))).toEqual(moscow('2026-11-23T09:00'));
  });

  it('holds nothing back while it is open', () => {
    expect(DeliveryWindow.default.nextOpening(moscow('2026-11-22T12:34'))).toEqual(moscow('2026-11-22T12:34'));
  });

  it.each([
    ['9:00', '21:00'],
    ['09:00', '24:00'],
    ['', '21:00'],
  ])('refuses the bounds %s and %s', (from, until) => {
    expect(() => DeliveryWindow.of(from, until)).toThrow(InvalidDeliveryWindow);
  });
});
