import fc from 'fast-check';
import { admissionAt, type FilingWindow, runsFrom } from './filing-window.js';

const STAGE_1: FilingWindow = { code: 'STAGE_1', title: 'Первый этап', opens: '04-01', closes: '07-01' };
const WINTER: FilingWindow = { code: 'WINTER', title: 'Зима', opens: '12-15', closes: '01-15' };

describe('A window for applications', () => {
  it.each([
    ['a millisecond before the Moscow midnight', '2027-03-31T20:59:59.999Z', false],
    ['at the Moscow midnight of the first day', '2027-03-31T21:00:00.000Z', true],
    ['a millisecond before the end', '2027-06-30T20:59:59.999Z', true],
    ['at the end itself', '2027-06-30T21:00:00.000Z', false],
  ])('%s', (_, now, open) => {
    expect(admissionAt([STAGE_1], new Date(now)).open).toBe(open);
  });

  it('names the next opening and the last closing while it is closed', () => {
    expect(admissionAt([STAGE_1], new Date('2026-11-22T09:00:00Z'))).toEqual({
      open: false,
      run: { code: 'STAGE_1', title: 'Первый этап', opensAt: new Date('2027-03-31T21:00:00Z'), closesAt: new Date('2027-06-30T21:00:00Z') },
      lastClosedAt: new Date('2026-06-30T21:00:00Z'),
    });
  });

  it.each(['2026-12-31T20:00:00Z', '2027-01-14T20:59:59Z'])('runs over New Year: %s', (now) => {
    const admission = admissionAt([WINTER], new Date(now));
    expect(admission.open && admission.run?.opensAt.toISOString()).toBe('2026-12-14T21:00:00.000Z');
  });

  it('is always open for a service without windows', () => {
    expect(admissionAt([], new Date('2027-01-01T00:00:00Z'))).toEqual({ open: true, run: null });
  });

  it('never says open outside the run it names, and always names a coming one when closed', () => {
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (now) => {
        const admission = admissionAt([STAGE_1, WINTER], now);
        if (admission.open) return admission.run !== null && admission.run.opensAt <= now && now < admission.run.closesAt;
        return admission.run.opensAt > now && admission.lastClosedAt <= now;
      }),
    );
  });

  it('lists the coming runs in the order in which they open', () => {
    expect(runsFrom([WINTER, STAGE_1], new Date('2027-02-01T00:00:00Z')).map(({ code, opensAt }) => [code, opensAt.toISOString()])).toEqual([
      ['STAGE_1', '2027-03-31T21:00:00.000Z'],
      ['WINTER', '2027-12-14T21:00:00.000Z'],
    ]);
  });
});
