import { smsParts } from './sms-parts.js';

describe('parts of a text message', () => {
  it('leaves 70 letters whole', () => {
    expect(smsParts('я'.repeat(70))).toEqual(['я'.repeat(70)]);
  });

  it('cuts 71 letters into 67 and 4', () => {
    expect(smsParts('я'.repeat(71)).map(({ length }) => length)).toEqual([67, 4]);
  });

  it('fills every part but the last', () => {
    expect(smsParts('я'.repeat(67 * 3)).map(({ length }) => length)).toEqual([67, 67, 67]);
  });

  it('never cuts a character of two units', () => {
    const text = `${'я'.repeat(66)}😀${'я'.repeat(10)}`;
    expect(smsParts(text)).toEqual(['я'.repeat(66), `😀${'я'.repeat(10)}`]);
  });

  it('gives back the text when joined', () => {
    const text = 'Съешь ещё этих мягких французских булок 😀, да выпей чаю. '.repeat(9);
    expect(smsParts(text).join('')).toBe(text);
  });

  it('refuses what no telephone could join', () => {
    expect(() => smsParts('я'.repeat(67 * 255 + 1))).toThrow(RangeError);
  });
});
