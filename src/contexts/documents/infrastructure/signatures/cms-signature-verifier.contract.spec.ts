import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OctetString } from 'asn1js';
import { type CertificationCentre, type Holder } from '../../../../../test/support/certification-centre.js';
import {
  certificationCentres,
  cmsOf,
  signedDataOf,
  stamped,
  withByteChanged,
} from '../../../../../test/support/signatures.js';
import { CmsSignatureVerifier } from './cms-signature-verifier.js';
import { OpensslEngine } from './openssl-engine.js';
import { PkijsEngine } from './pkijs-engine.js';
import { TrustedRoots } from './trusted-roots.js';

const FILE = Buffer.from('Договор');
const CLOCK = { now: () => new Date() };
const OPENSSL = { program: 'openssl', engine: null };

const { centreOf, closeAll } = certificationCentres();
afterAll(closeAll);

const verifierOf = (rootsFile: string) => {
  const roots = TrustedRoots.inFile(rootsFile);
  return new CmsSignatureVerifier([new PkijsEngine(roots)], roots, CLOCK);
};

/** An element of DER of any size. */
const element = (tag: number, ...parts: readonly Buffer[]): Buffer<ArrayBuffer> => {
  const content = Buffer.concat(parts);
  const header = Buffer.from([tag, 0x83, 0, 0, 0]);
  header.writeUIntBE(content.length, 2, 3);
  return Buffer.concat([header, content]);
};
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const DATA = Buffer.from('06092a864886f70d010701', 'hex');
/** SignedData with something in the list of digests, and another type of content. */
const signedDataWith = (digests: Buffer, type = DATA): Buffer => {
  const version = Buffer.from('020101', 'hex');
  const signedData = element(0x30, version, element(0x31, digests), element(0x30, type), element(0x31));
  return element(0x30, SIGNED_DATA, element(0xa0, signedData));
};

describe('the verdict', () => {
  let centre: CertificationCentre;
  let holder: Holder;
  const verify = (signature: Buffer) => verifierOf(centre.rootsFile).verify(FILE, signature);

  beforeAll(() => {
    centre = centreOf('RSA');
    holder = centre.issue();
  });

  it('holds for RSA-PSS', async () => {
    expect(await verify(centre.sign(FILE, [holder], '-keyopt', 'rsa_padding_mode:pss'))).toMatchObject({
      integrity: 'VALID',
    });
  });

  it('names person, organisation, ИНН and СНИЛС of a qualified certificate', async () => {
    const subject =
      '/CN=ООО Образец/SN=Каменный/GN=Олег Иванович/O=ООО Образец/INN=780000000000/innle=7800000001/SNILS=11223344595';
    expect((await verify(centre.sign(FILE, [centre.issue({ subject })]))).signer).toEqual({
      name: 'Каменный Олег Иванович',
      organisation: 'ООО Образец',
      inn: '7800000001',
      snils: '11223344595',
    });
  });

  it('takes signs that are not seen out of names', async () => {
    const subject = '/CN=Мария\u202eаяксвеН';
    expect((await verify(centre.sign(FILE, [centre.issue({ subject })]))).signer?.name).toBe('МарияаяксвеН');
  });

  it.each(['sha1', 'md5'])('says that %s proves nothing', async (digest) => {
    expect(await verify(centre.sign(FILE, [holder], '-md', digest))).toMatchObject({
      integrity: 'INVALID',
      reason: 'WEAK_ALGORITHM',
    });
  });

  it('says that a short key proves nothing', async () => {
    const short = centre.issue({ keys: 'RSA 1024' });
    expect(await verify(centre.sign(FILE, [short]))).toMatchObject({ integrity: 'INVALID', reason: 'WEAK_ALGORITHM' });
  });

  it('never takes an algorithm it does not know for a good one', async () => {
    const curve = centre.issue({ keys: 'Brainpool' });
    expect(await verify(centre.sign(FILE, [curve]))).toMatchObject({
      integrity: 'UNSUPPORTED',
      reason: 'UNKNOWN_ALGORITHM',
      chain: 'UNKNOWN',
      signer: { name: 'Невская Мария Петровна' },
    });
  });

  describe('a time stamp', () => {
    it('proves the time when a trusted authority gave it', async () => {
      const authority = centre.issue({ as: 'clockwork', subject: '/CN=Служба времени' });
      const verdict = await verify(stamped(centre.sign(FILE, [holder]), centre, authority));
      expect(verdict).toMatchObject({ integrity: 'VALID', timeSource: 'TIMESTAMP' });
      expect(Math.abs(verdict.signedAt!.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it('proves nothing when an unknown authority gave it', async () => {
      const stranger = centreOf('RSA');
      const authority = stranger.issue({ as: 'clockwork' });
      expect(await verify(stamped(centre.sign(FILE, [holder]), stranger, authority))).toMatchObject({
        timeSource: 'SIGNER',
      });
    });

    it('proves nothing for another signature', async () => {
      const authority = centre.issue({ as: 'clockwork' });
      const altered = stamped(centre.sign(FILE, [holder]), centre, authority);
      const own = signedDataOf(altered).signerInfos[0]!.signature.getValue();
      const at = altered.indexOf(Buffer.from(own));
      expect(await verify(withByteChanged(altered, at + 5))).toMatchObject({
        integrity: 'INVALID',
        timeSource: 'SIGNER',
      });
    });
  });

  describe('garbage', () => {
    const nested = (depth: number) =>
      Buffer.concat([Buffer.alloc(depth * 2, Buffer.from('3080', 'hex')), Buffer.alloc(depth * 2)]);

    it.each([
      ['nothing', Buffer.alloc(0)],
      ['text', Buffer.from('это не подпись')],
      ['another structure', Buffer.from(new OctetString({ valueHex: Buffer.alloc(20) }).toBER())],
      ['a million nested lists', nested(1_000_000)],
      ['nested lists in a signature', signedDataWith(nested(500))],
      [
        'random bytes behind a right beginning',
        Buffer.concat([Buffer.from('308006092a864886f70d010702a080', 'hex'), Buffer.alloc(1000, 0xa5)]),
      ],
    ])('has its verdict: %s', async (_case, bytes) => {
      expect(await verify(bytes)).toMatchObject({
        integrity: 'INVALID',
        reason: 'UNREADABLE',
        signer: null,
        chain: 'UNKNOWN',
      });
    });

    // Libraries need a minute and more for some of these; the time limit of a test is the other half of what is expected.
    it.each([
      ['an identifier of 2 MB', signedDataWith(element(0x06, Buffer.alloc(2_000_000, 1)))],
      ['an identifier of 200 KB', signedDataWith(element(0x06, Buffer.alloc(200_000, 1)))],
      ['the same in octets', signedDataWith(element(0x04, element(0x06, Buffer.alloc(200_000, 1))))],
      [
        'the same before broken octets',
        signedDataWith(element(0x04, element(0x06, Buffer.alloc(200_000, 1)), Buffer.from('30', 'hex'))),
      ],
      [
        'the same as the type of the content',
        signedDataWith(Buffer.alloc(0), element(0x06, Buffer.alloc(2_000_000, 1))),
      ],
      ['a million elements', signedDataWith(Buffer.alloc(2_000_000, Buffer.from('0500', 'hex')))],
    ])('is not read at length: %s', async (_case, bytes) => {
      expect(await verify(bytes)).toMatchObject({ integrity: 'UNSUPPORTED', reason: 'TOO_COMPLEX', chain: 'UNKNOWN' });
    });

    it('is not seen in octets that look like an identifier by chance, as signatures may', async () => {
      const octets = element(0x30, DATA, element(0x04, element(0x06, Buffer.alloc(1000, 0xa5))));
      expect(await verify(signedDataWith(octets))).toMatchObject({ reason: 'NO_SIGNER' });
    });

    it('may be a large copy of a file that itself looks like elements', async () => {
      const file = element(0x06, Buffer.alloc(2_000_000, 1));
      const verifier = verifierOf(centre.rootsFile);
      expect(await verifier.verify(file, centre.sign(file, [holder], '-nodetach'))).toMatchObject({
        integrity: 'VALID',
      });
      expect(await verifier.verify(file, centre.sign(file, [holder], '-nodetach', '-stream'))).toMatchObject({
        integrity: 'VALID',
      });
    });

    it('has its verdict wherever a signature is cut short', async () => {
      const whole = centre.sign(FILE, [holder]);
      for (let length = 0; length < whole.length; length += 37)
        expect(await verify(whole.subarray(0, length))).toMatchObject({ integrity: 'INVALID', reason: 'UNREADABLE' });
    });

    it('is never taken for good, whichever byte of certificate, attributes and signature is changed', async () => {
      const whole = centre.sign(FILE, [holder]);
      const { certificates, signerInfos } = signedDataOf(whole);
      const certificate = Buffer.from(certificates![0]!.toSchema().toBER());
      // Its first byte is another one while it is signed (RFC 5652 §5.4).
      const attributes = Buffer.from(signerInfos[0]!.signedAttrs!.encodedValue).subarray(1);
      const accepted: number[] = [];
      for (const part of [certificate, attributes, Buffer.from(signerInfos[0]!.signature.getValue())]) {
        const begin = whole.indexOf(part);
        expect(begin).toBeGreaterThan(0);
        for (let at = begin; at < begin + part.length; at += 23) {
          const { integrity, chain } = await verify(withByteChanged(whole, at));
          if (integrity === 'VALID' && chain === 'TRUSTED') accepted.push(at);
        }
      }
      expect(accepted).toEqual([]);
    }, 30_000);

    it('is a bundle of certificates without a signer', async () => {
      const signedData = signedDataOf(centre.sign(FILE, [holder]));
      signedData.signerInfos = [];
      expect(await verify(cmsOf(signedData))).toMatchObject({ integrity: 'INVALID', reason: 'NO_SIGNER' });
    });
  });

  it('rests on the roots and the algorithms it names', () => {
    const { rootsFile } = centreOf('RSA');
    const roots = TrustedRoots.inFile(rootsFile);
    const more = new CmsSignatureVerifier([new PkijsEngine(roots), new OpensslEngine(roots, OPENSSL)], roots, CLOCK);
    const trusts = [verifierOf(centre.rootsFile), verifierOf(rootsFile), more].map(({ trust }) => trust);
    expect(new Set(trusts).size).toBe(3);
    expect(verifierOf(rootsFile).trust).toBe(trusts[1]);
  });
});

describe('a bundle of roots', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lk-roots-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is missed when it is not there', () => {
    expect(() => TrustedRoots.inFile('/no/such/roots.pem')).toThrow(
      'SIGNATURE_ROOTS: there is no file /no/such/roots.pem',
    );
  });

  it.each([
    ['no certificate', 'not a certificate\n'],
    ['a broken one', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
  ])('is refused by its name when there is %s in it', (_case, text) => {
    const file = join(folder, 'roots.pem');
    writeFileSync(file, text);
    expect(() => TrustedRoots.inFile(file)).toThrow(file);
  });
});
