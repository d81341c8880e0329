import { TotpOneTimeCodes } from './totp-one-time-codes.js';

const codes = new TotpOneTimeCodes();
/** Base32 of `12345678901234567890`, the secret of RFC 6238, appendix B. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('one-time code', () => {
  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [2000000000, '279037', 66666666],
  ])('of RFC 6238 at second %i is %s', (seconds, code, step) => {
    expect(codes.stepOf(SECRET, code, new Date(seconds * 1000))).toBe(step);
  });

  it('may be typed with a space', () => {
    expect(codes.stepOf(SECRET, '287 082', new Date(59_000))).toBe(1);
  });

  it('is taken half a minute early or late, with its own step, and not later', () => {
    expect(codes.stepOf(SECRET, '081804', new Date((1111111109 + 30) * 1000))).toBe(37037036);
    expect(codes.stepOf(SECRET, '081804', new Date((1111111109 - 30) * 1000))).toBe(37037036);
    expect(codes.stepOf(SECRET, '081804', new Date((1111111109 + 90) * 1000))).toBeNull();
  });

  it.each(['', '28708', '2870822', 'abcdef', '000000'])('is not %j', (code) => {
    expect(codes.stepOf(SECRET, code, new Date(59_000))).toBeNull();
  });
});
