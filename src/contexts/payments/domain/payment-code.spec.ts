import { Money } from '../../../kernel/money.js';
import { aPayee } from '../../../../test/support/payments.js';
import { paymentCode } from './payment-code.js';

const payment = {
  payee: aPayee(),
  amount: Money.ofKopecks(37500),
  purpose: 'Штраф по постановлению 1',
  uin: '18810578261122000016',
};

describe('payment QR code', () => {
  it('carries the requisites of the payment order in the order of the standard', () => {
    expect(paymentCode(payment)).toBe(
      'ST00012|Name=УФК (образец)|PersonalAcc=03100643000000017200|BankName=Банк (образец)|BIC=014030106|CorrespAcc=40102810945370000005|Sum=37500' +
        '|Purpose=Штраф по постановлению 1|PayeeINN=7810000019|KPP=781001001|CBC=18811601123010001140|OKTMO=40000000|UIN=18810578261122000016',
    );
  });

  it('takes another separator when a value contains the usual one', () => {
    const code = paymentCode({ ...payment, purpose: 'Штраф | ГИБДД' });
    expect(code.startsWith('ST00012~Name=')).toBe(true);
    expect(code).toContain('~Purpose=Штраф | ГИБДД~');
  });

  it('never breaks a value, whatever separators it contains', () => {
    const code = paymentCode({ ...payment, purpose: 'a|b~c^d_e#f' });
    expect(code.split('|')).toHaveLength(13);
  });

  it('cuts the purpose at 210 characters', () => {
    expect(paymentCode({ ...payment, purpose: 'я'.repeat(300) })).toContain(`Purpose=${'я'.repeat(210)}|`);
  });
});
