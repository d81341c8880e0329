import { Logger } from '@nestjs/common';
import { type GibddSandbox, startGibddSandbox } from '../../../sandbox/gibdd/server.js';
import { NOON } from '../../../../test/support/payments.js';
import { SetClock } from '../../../../test/support/test-app.js';
import { testConfig } from '../../../../test/support/test-config.js';
import { Money } from '../../../kernel/money.js';
import { RegistryUnavailable } from '../application/ports/outside.errors.js';
import { payerRequisite } from '../domain/payer-requisite.js';
import { GisGmpChargesRegistry } from './gis-gmp-charges-registry.js';
import { payerIdentifiers, readCharges } from './gis-gmp-messages.js';
import { OutsideCalls, Patience } from './outside-calls.js';

const TAX = '18207801260004512377';

beforeAll(() => void Logger.overrideLogger(false));

describe('ChargesRegistry at ГИС ГМП', () => {
  let sandbox: GibddSandbox;
  let registry: GisGmpChargesRegistry;

  beforeEach(async () => {
    sandbox = await startGibddSandbox({ port: 0, slowMs: 2000, now: () => NOON });
    const config = testConfig('postgres://none', { GISGMP_URL: sandbox.url });
    registry = new GisGmpChargesRegistry(
      config,
      new SetClock(NOON),
      { next: () => 'id' },
      new OutsideCalls(new Patience(300, 1, 60_000)),
    );
  });
  afterEach(() => sandbox.close());

  it.each([
    ['INN', '781000001239'],
    ['SNILS', '112-233-445 95'],
    ['RF_PASSPORT', '40 08 123456'],
  ] as const)('finds the same tax debt by %s', async (kind, text) => {
    const { charges, asOf } = await registry.unpaidOf(payerRequisite(kind, text));
    expect(asOf).toEqual(NOON);
    expect(charges).toEqual([
      expect.objectContaining({
        uin: TAX,
        amount: Money.ofRubles(3480),
        left: Money.ofRubles(3480),
        status: 'UNPAID',
        discount: null,
      }),
    ]);
    expect(charges[0]?.payee).toEqual({
      name: expect.stringContaining('ФНС'),
      inn: '7810000026',
      kpp: '781001001',
      account: '03100643000000017200',
      bankName: expect.stringContaining('УФК'),
      bik: '014030106',
      correspondentAccount: '40102810945370000005',
      kbk: '18210604012021000110',
      oktmo: '40000000',
    });
  });

  it('finds fines by the certificate of the car and a hunting fine by the ticket', async () => {
    expect((await registry.unpaidOf(payerRequisite('VEHICLE_REG_CERT', '7812345678'))).charges).toHaveLength(3);
    expect((await registry.unpaidOf(payerRequisite('HUNTING_TICKET', '99 0123456'))).charges).toHaveLength(1);
    expect((await registry.unpaidOf(payerRequisite('DRIVING_LICENCE', '9911123456'))).charges).toEqual([]);
  });

  it('finds a charge whose certificate was written in Latin letters', async () => {
    sandbox.addFine({
      regnum: 'А123ВС',
      regreg: '178',
      sts: '99AA123456',
      amount: 50000,
      article: '12.9ч.2',
      text: '',
      decreeDate: '2026-11-20',
      discount: null,
    });
    expect((await registry.unpaidOf(payerRequisite('VEHICLE_REG_CERT', '99 АА 123456'))).charges).toHaveLength(1);
  });

  it('tells by УИН what became of charges, and leaves out what it does not know', async () => {
    const [paid, annulled, open] = sandbox.register.charges.map(({ uin }) => uin);
    sandbox.register.take({
      paymentId: '10440306530000002211202600000042',
      uin: paid!,
      amount: 37500,
      paymentDate: '2026-11-22',
    });
    sandbox.register.annul(annulled!);
    const { charges } = await registry.byUin([paid!, annulled!, open!, '18810578261122000024']);
    expect(Object.fromEntries(charges.map(({ uin, status }) => [uin, status]))).toEqual({
      [paid!]: 'PAID',
      [annulled!]: 'CANCELLED',
      [open!]: 'UNPAID',
    });
  });

  it('does not list settled or annulled charges as unpaid', async () => {
    const [first, second] = sandbox.register.charges;
    sandbox.register.annul(first!.uin);
    sandbox.register.take({
      paymentId: '10440306530000002211202600000042',
      uin: second!.uin,
      amount: 150000,
      paymentDate: '2026-11-22',
    });
    const { charges } = await registry.unpaidOf(payerRequisite('VEHICLE_REG_CERT', '7812345678'));
    expect(charges).toHaveLength(1);
  });

  it('keeps a discounted sum paid too late as a debt of the rest', async () => {
    const second = sandbox.register.charges[1]!;
    sandbox.register.take({
      paymentId: '10440306530000002211202600000042',
      uin: second.uin,
      amount: 75000,
      paymentDate: '2026-11-22',
    });
    const { charges } = await registry.byUin([second.uin]);
    expect(charges[0]).toMatchObject({ status: 'PARTIALLY_PAID', left: Money.ofKopecks(75000) });
  });

  it('reads every page of a long answer', async () => {
    for (let fine = 0; fine < 230; fine += 1)
      sandbox.addFine({
        regnum: 'В777ОР',
        regreg: '98',
        sts: '9900123456',
        amount: 50000,
        article: '12.9ч.2',
        text: '',
        decreeDate: '2026-11-20',
        discount: null,
      });
    const { charges } = await registry.unpaidOf(payerRequisite('VEHICLE_REG_CERT', '9900123456'));
    expect(new Set(charges.map(({ uin }) => uin)).size).toBe(230);
    expect((await registry.byUin(charges.map(({ uin }) => uin))).charges).toHaveLength(230);
  });

  it.each(['down', 'slow', 'lying'] as const)('is unavailable, not empty, when the register is %s', async (mood) => {
    sandbox.register.mood.gisgmp = mood;
    await expect(registry.byUin([TAX])).rejects.toThrow(RegistryUnavailable);
  });
});

describe('messages of ГИС ГМП', () => {
  it('name a person by 22 characters, in both alphabets where letters look alike', () => {
    expect(payerIdentifiers(payerRequisite('RF_PASSPORT', '4008 123456'))).toEqual(['1010000000004008123456']);
    expect(payerIdentifiers(payerRequisite('SNILS', '112-233-445 95'))).toEqual(['1140000000011223344595']);
    expect(payerIdentifiers(payerRequisite('INN', '781000001239'))).toEqual(['1210000000781000001239']);
    expect(payerIdentifiers(payerRequisite('DRIVING_LICENCE', '9911 123456'))).toEqual(['1220000000009911123456']);
    expect(payerIdentifiers(payerRequisite('VEHICLE_REG_CERT', '99АА123456'))).toEqual([
      '12400000000099АА123456',
      '12400000000099AA123456',
    ]);
    expect(payerIdentifiers(payerRequisite('HUNTING_TICKET', '99 0123456'))).toEqual(['1250000000000990123456']);
  });

  const envelope = (body: string) => `<s:Envelope xmlns:s="x"><s:Body>${body}</s:Body></s:Envelope>`;
  const charge = (discount: string) =>
    envelope(`<r:ExportChargesResponse xmlns:r="r" hasMore="false" needReRequest="false"><r:ChargeInfo supplierBillID="${TAX}" billDate="2026-11-01T10:00:00+03:00"
      totalAmount="33333" amountToPay="33333" purpose="Штраф &amp; пеня" kbk="0" oktmo="0"><o:Payee xmlns:o="o" name="a" inn="1" kpp="2"><o:OrgAccount accountNumber="3"><o:Bank bik="4"/></o:OrgAccount></o:Payee>
      ${discount}</r:ChargeInfo></r:ExportChargesResponse>`);

  it.each([
    [
      '<c:DiscountSize xmlns:c="c"><c:Value>25</c:Value><c:Expiry>2026-12-01</c:Expiry></c:DiscountSize>',
      { kind: 'percent', percent: 25, validThrough: '2026-12-01' },
    ],
    [
      '<c:DiscountFixed xmlns:c="c"><c:Value>5000</c:Value><c:Expiry>0</c:Expiry></c:DiscountFixed>',
      { kind: 'sum', off: Money.ofKopecks(5000), validThrough: null },
    ],
    [
      '<c:MultiplierSize xmlns:c="c"><c:Value>0.75</c:Value><c:Expiry>2026-12-01</c:Expiry></c:MultiplierSize>',
      { kind: 'sum', off: Money.ofKopecks(8333), validThrough: '2026-12-01' },
    ],
    ['', null],
  ])('carry a discount in one of three shapes: %s', (xml, discount) => {
    const { charges } = readCharges(charge(xml));
    expect(charges[0]).toMatchObject({ discount, purpose: 'Штраф & пеня' });
  });

  it('may say that there is nothing, or that the question was refused', () => {
    const rejected = (code: string) =>
      envelope(`<RequestRejected><RejectionReasonCode>${code}</RejectionReasonCode></RequestRejected>`);
    expect(readCharges(rejected('NO_DATA'))).toEqual({ charges: [], hasMore: false });
    expect(() => readCharges(rejected('UNKNOWN_REQUEST_DESCRIPTION'))).toThrow('UNKNOWN_REQUEST_DESCRIPTION');
    expect(() =>
      readCharges(envelope('<r:ExportChargesResponse xmlns:r="r" hasMore="false" needReRequest="true"/>')),
    ).toThrow('needReRequest');
  });
});
