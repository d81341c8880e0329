import { inflateSync } from 'node:zlib';
import { aPayee, NOON } from '../../../../../test/support/payments.js';
import { type ReceiptFacts, ReceiptPdf } from './receipt-pdf.js';

const facts: ReceiptFacts = {
  paymentId: '01920000-0000-7000-8000-0000000000f1',
  paidAt: NOON,
  amountKopecks: 37500,
  uin: '18810578261122000016',
  decreeNumber: '18810578261122000016',
  decreeDate: '2026-11-17',
  purpose: 'Штраф ГИБДД',
  payee: aPayee(),
  discountPercent: 50,
  maskedPan: '220000**0004',
  approvalCode: '123456',
  reference: '1',
};

/** Every stream of the file, unpacked. */
const streamsOf = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, bytes = '']) => {
    try {
      return inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });

describe('receipt', () => {
  it('is a PDF that carries its letters and says which are Cyrillic', async () => {
    const pdf = await new ReceiptPdf().print(facts);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toMatch(/\/BaseFont \/\w+\+Roboto-Regular/);
    const maps = streamsOf(pdf).filter((text) => text.includes('beginbfrange'));
    // Letters of «Квитанция об оплате» as the reader copies them: К, в, и, т.
    for (const letter of ['041a', '0432', '0438', '0442']) expect(maps.join('\n').toLowerCase()).toContain(letter);
  });

  it('draws the payment code', async () => {
    const drawn = streamsOf(await new ReceiptPdf().print(facts)).join('\n');
    const withLongerPurpose = streamsOf(await new ReceiptPdf().print({ ...facts, purpose: 'Я'.repeat(200) })).join(
      '\n',
    );
    const strokes = (text: string): number => text.split(/ l\n/).length;
    expect(strokes(drawn)).toBeGreaterThan(500);
    expect(strokes(withLongerPurpose)).toBeGreaterThan(strokes(drawn));
  });

  it('leaves out what the bank did not tell', async () => {
    const whole = await new ReceiptPdf().print(facts);
    const bare = await new ReceiptPdf().print({
      ...facts,
      discountPercent: null,
      maskedPan: null,
      approvalCode: null,
      reference: null,
    });
    expect(bare.length).toBeLessThan(whole.length);
  });
});
