import { type SignatureFault, type SignatureVerdict } from '../domain/signature-verdict.js';
import { signatureChip, signatureShown } from './signature-words.js';

const GOOD: SignatureVerdict = {
  integrity: 'VALID',
  reason: null,
  signer: { name: 'Невская Мария Петровна', organisation: null, inn: '780000000000', snils: null },
  signedAt: new Date('2026-11-22T09:00:00Z'),
  timeSource: 'SIGNER',
  certificate: {
    issuer: 'Корневой центр',
    serial: '0a1b',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validTo: new Date('2027-01-01T00:00:00Z'),
  },
  chain: 'TRUSTED',
  attached: false,
  algorithm: 'RSA, SHA-256',
  signers: 1,
  checkedAt: new Date('2026-11-22T10:00:00Z'),
};
const verdict = (changes: Partial<SignatureVerdict>): SignatureVerdict => ({ ...GOOD, ...changes });
const shown = (changes: Partial<SignatureVerdict>) => signatureShown(verdict(changes), 'Договор.pdf', '/again');
const row = (changes: Partial<SignatureVerdict>, label: string) =>
  shown(changes).rows.find((candidate) => candidate.label === label);

const FAULTS: readonly SignatureFault[] = [
  'UNREADABLE',
  'TOO_COMPLEX',
  'NO_SIGNER',
  'NO_CERTIFICATE',
  'OTHER_CONTENT',
  'ALTERED_SIGNATURE',
  'WEAK_ALGORITHM',
  'UNKNOWN_ALGORITHM',
  'GOST_UNAVAILABLE',
  'CHECK_FAILED',
];

describe('words for a signature', () => {
  it('wait while it is being checked', () => {
    expect(signatureShown(null, 'Договор.pdf', '/again')).toMatchObject({
      waiting: true,
      chip: { text: 'Подпись проверяется' },
      rows: [],
    });
  });

  it('call only that confirmed of which all was found good', () => {
    const confirmed = (changes: Partial<SignatureVerdict>) => signatureChip(verdict(changes)).tone === 'success';
    expect(confirmed({})).toBe(true);
    for (const chain of ['UNTRUSTED', 'EXPIRED', 'NO_ROOTS', 'UNKNOWN'] as const)
      expect(confirmed({ chain })).toBe(false);
    for (const integrity of ['INVALID', 'UNSUPPORTED'] as const) expect(confirmed({ integrity })).toBe(false);
  });

  it('say of each fault why, each in its own way', () => {
    const sentences = FAULTS.map((reason) => shown({ integrity: 'INVALID', reason }).sentence);
    expect(new Set(sentences).size).toBe(FAULTS.length);
    expect(sentences.filter((sentence) => sentence.length < 40)).toEqual([]);
  });

  it('do not name the signer as proven where the centre is not trusted', () => {
    expect(shown({}).sentence).toContain('Невская Мария Петровна');
    expect(shown({ chain: 'UNTRUSTED' }).sentence).toContain('подтвердить нельзя');
    expect(shown({ chain: 'EXPIRED' }).sentence).toContain('не действовал');
  });

  it('tell whose word the time is', () => {
    expect(row({}, 'Когда')).toMatchObject({ note: expect.stringContaining('По часам подписавшего') });
    expect(row({}, 'Когда')?.value).toContain('12:00');
    expect(row({ timeSource: 'TIMESTAMP' }, 'Когда')).toMatchObject({ note: expect.stringContaining('меткой') });
    expect(row({ timeSource: null, signedAt: null }, 'Когда')).toEqual({ label: 'Когда', value: 'Не указано' });
  });

  it('doubt a certificate that is over now and was good by the signer’s word alone', () => {
    const over = { checkedAt: new Date('2028-01-01T00:00:00Z') };
    expect(row({}, 'Срок сертификата')?.note).toBe(false);
    expect(row(over, 'Срок сертификата')?.note).toContain('Сейчас он истёк');
    expect(row({ ...over, timeSource: 'TIMESTAMP' }, 'Срок сертификата')?.note).toBe(false);
  });

  it('say how many signed, for whom and with which number', () => {
    expect(shown({ signers: 2 }).sentence).toContain('Подписали 2');
    const signer = { name: 'Каменный Олег', organisation: 'ООО Образец', inn: '7800000001', snils: '11223344595' };
    expect(row({ signers: 2, signer }, 'Подписал первым')).toEqual({
      label: 'Подписал первым',
      value: 'Каменный Олег, ООО Образец',
      note: 'ИНН 7800000001, СНИЛС 11223344595',
    });
  });

  it('own up to what nobody has checked', () => {
    expect(row({}, 'Не проверялось')?.value).toContain('Не отозван ли сертификат');
  });
});
