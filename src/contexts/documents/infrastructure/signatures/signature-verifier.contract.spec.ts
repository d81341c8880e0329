import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CertificationCentre,
  type Holder,
  type KeyKind,
} from '../../../../../test/support/certification-centre.js';
import { GOST_ENGINE } from '../../../../../test/support/gost.js';
import { certificationCentres, withByteChanged } from '../../../../../test/support/signatures.js';
import { type SignatureVerdict } from '../../domain/signature-verdict.js';
import { CmsSignatureVerifier } from './cms-signature-verifier.js';
import { OpensslEngine } from './openssl-engine.js';
import { PkijsEngine } from './pkijs-engine.js';
import { type SignatureEngine } from './signature-engine.js';
import { TrustedRoots } from './trusted-roots.js';

const FILE = Buffer.from('Договор\r\nна двух\nстроках');
const OTHER_FILE = Buffer.from('Договор\r\nна трёх\nстроках');
const CLOCK = { now: () => new Date() };

type Engine = 'pkijs' | 'openssl';
const engineOf = (name: Engine, roots: TrustedRoots): SignatureEngine =>
  name === 'pkijs' ? new PkijsEngine(roots) : new OpensslEngine(roots, { program: 'openssl', engine: GOST_ENGINE });
const verifierOf = (name: Engine, rootsFile: string | null) => {
  const roots = rootsFile === null ? TrustedRoots.none : TrustedRoots.inFile(rootsFile);
  return new CmsSignatureVerifier([engineOf(name, roots)], roots, CLOCK);
};

const { centreOf, closeAll } = certificationCentres();
afterAll(closeAll);

const COMBINATIONS: readonly (readonly [Engine, KeyKind])[] = [
  ['pkijs', 'RSA'],
  ['pkijs', 'ECDSA'],
  ['openssl', 'RSA'],
  ['openssl', 'ECDSA'],
  ['openssl', 'ГОСТ 256'],
  ['openssl', 'ГОСТ 512'],
];

for (const [engine, keys] of COMBINATIONS) {
  const runs = GOST_ENGINE !== null || !keys.startsWith('ГОСТ');
  (runs ? describe : describe.skip)(`a signature by ${keys}, checked by ${engine}`, () => {
    let centre: CertificationCentre;
    let holder: Holder;
    let verify: (file: Buffer, signature: Buffer) => Promise<SignatureVerdict>;

    beforeAll(() => {
      centre = centreOf(keys);
      holder = centre.issue();
      const verifier = verifierOf(engine, centre.rootsFile);
      verify = (file, signature) => verifier.verify(file, signature);
    });

    it('matches its file, and says who signed it, when and with what', async () => {
      const began = Math.floor(Date.now() / 1000) * 1000;
      const verdict = await verify(FILE, centre.sign(FILE, [holder]));
      expect(verdict).toMatchObject({
        integrity: 'VALID',
        reason: null,
        chain: 'TRUSTED',
        signer: { name: 'Невская Мария Петровна', organisation: null, inn: null, snils: null },
        timeSource: 'SIGNER',
        certificate: { issuer: 'Корневой центр', validTo: new Date('2039-12-31T00:00:00Z') },
        attached: false,
        signers: 1,
      });
      expect(verdict.signedAt!.getTime()).toBeGreaterThanOrEqual(began);
      expect(verdict.signedAt!.getTime()).toBeLessThanOrEqual(Date.now());
      expect(verdict.algorithm).toMatch(
        keys.startsWith('ГОСТ') ? /^ГОСТ Р 34\.10-2012 .+ГОСТ Р 34\.11/ : new RegExp(`^${keys}, SHA-256$`),
      );
    });

    it.each([
      ['PEM', ['-outform', 'PEM']],
      ['lengths that are not told beforehand', ['-stream']],
      ['the key named instead of the certificate', ['-keyid']],
      ['no signed attributes', ['-noattr']],
    ])('holds in the form of %s', async (_form, options) => {
      expect(await verify(FILE, centre.sign(FILE, [holder], ...options))).toMatchObject({
        integrity: 'VALID',
        chain: 'TRUSTED',
      });
    });

    it('holds as bare base64', async () => {
      const text = Buffer.from(
        centre
          .sign(FILE, [holder])
          .toString('base64')
          .replace(/(.{64})/g, '$1\r\n'),
      );
      expect(await verify(FILE, text)).toMatchObject({ integrity: 'VALID' });
    });

    it.each([
      ['with attributes', []],
      ['without them', ['-noattr']],
    ])('does not hold for another file (%s)', async (_case, options) => {
      expect(await verify(OTHER_FILE, centre.sign(FILE, [holder], ...options))).toMatchObject({
        integrity: 'INVALID',
        reason: 'OTHER_CONTENT',
        chain: 'UNKNOWN',
        signer: { name: 'Невская Мария Петровна' },
      });
    });

    it('compares the copy inside with the file itself', async () => {
      const attached = centre.sign(FILE, [holder], '-nodetach');
      expect(await verify(FILE, attached)).toMatchObject({ integrity: 'VALID', attached: true });
      expect(await verify(OTHER_FILE, attached)).toMatchObject({
        integrity: 'INVALID',
        reason: 'OTHER_CONTENT',
        attached: true,
      });
    });

    it('does not hold when it was altered itself', async () => {
      expect(await verify(FILE, withByteChanged(centre.sign(FILE, [holder]), -1))).toMatchObject({
        integrity: 'INVALID',
        reason: 'ALTERED_SIGNATURE',
      });
    });

    it('needs the certificate of its signer inside', async () => {
      expect(await verify(FILE, centre.sign(FILE, [holder], '-nocerts'))).toMatchObject({
        integrity: 'INVALID',
        reason: 'NO_CERTIFICATE',
      });
    });

    it('holds for all of its signers, or not at all', async () => {
      const second = centre.issue({ subject: '/CN=Садовый Игорь' });
      const both = centre.sign(FILE, [holder, second]);
      expect(await verify(FILE, both)).toMatchObject({ integrity: 'VALID', chain: 'TRUSTED', signers: 2 });
      expect(await verify(FILE, withByteChanged(both, -1))).toMatchObject({ integrity: 'INVALID', signers: 2 });
    });

    it('reaches the root over a centre between, when that is inside', async () => {
      const between = centre.issue({ as: 'centre_certificate', subject: '/CN=Подчинённый центр' });
      const far = centre.issue({ by: between });
      const inside = ['-certfile', `${between.certificate}`];
      expect(await verify(FILE, centre.sign(FILE, [far], ...inside))).toMatchObject({
        integrity: 'VALID',
        chain: 'TRUSTED',
      });
      expect(await verify(FILE, centre.sign(FILE, [far]))).toMatchObject({ integrity: 'VALID', chain: 'UNTRUSTED' });
    });

    it('does not let a person play the centre', async () => {
      const false_ = centre.issue({ by: holder });
      const signature = centre.sign(FILE, [false_], '-certfile', holder.certificate);
      expect(await verify(FILE, signature)).toMatchObject({ integrity: 'VALID', chain: 'UNTRUSTED' });
    });

    it('is not led in a circle by centres that vouch for each other', async () => {
      const one = centre.issue({ as: 'centre_certificate', subject: '/CN=Один' });
      const other = centre.issue({ as: 'centre_certificate', subject: '/CN=Другой', by: one });
      const back = centre.issue({ as: 'centre_certificate', subject: '/CN=Один', by: other, keyOf: one });
      const inside = ['-certfile', centre.bundle([other, back])];
      const signature = centre.sign(FILE, [centre.issue({ by: back })], ...inside);
      expect(await verify(FILE, signature)).toMatchObject({ integrity: 'VALID', chain: 'UNTRUSTED' });
    });

    it.each([
      ['over', ['200101000000Z', '210101000000Z']],
      ['not begun', ['380101000000Z', '390101000000Z']],
    ] as const)('tells when the certificate was %s at that moment', async (_case, valid) => {
      expect(await verify(FILE, centre.sign(FILE, [centre.issue({ valid })]))).toMatchObject({
        integrity: 'VALID',
        reason: null,
        chain: 'EXPIRED',
      });
    });

    it('tells an unknown centre from having no trusted ones', async () => {
      const signature = centre.sign(FILE, [holder]);
      const stranger = centreOf(keys);
      expect(await verifierOf(engine, stranger.rootsFile).verify(FILE, signature)).toMatchObject({
        integrity: 'VALID',
        chain: 'UNTRUSTED',
      });
      expect(await verifierOf(engine, null).verify(FILE, signature)).toMatchObject({
        integrity: 'VALID',
        chain: 'NO_ROOTS',
      });
    });
  });
}

describe('a program that does not answer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lk-slow-'));
  const slow = join(folder, 'slow');
  writeFileSync(slow, '#!/bin/sh\nexec sleep 60\n', { mode: 0o700 });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['takes too long', { program: slow, engine: null, timeoutMs: 100 }],
    ['is not there', { program: '/no/such/openssl', engine: null }],
    ['is another program', { program: 'false', engine: null }],
  ])('leaves the question open when it %s', async (_case, settings) => {
    const centre = centreOf('ECDSA');
    const roots = TrustedRoots.inFile(centre.rootsFile);
    const verifier = new CmsSignatureVerifier([new OpensslEngine(roots, settings)], roots, CLOCK);
    expect(await verifier.verify(FILE, centre.sign(FILE, [centre.issue()]))).toMatchObject({
      integrity: 'UNSUPPORTED',
      reason: 'CHECK_FAILED',
      chain: 'UNKNOWN',
    });
  });
});

(GOST_ENGINE ? describe : describe.skip)('GOST without its program', () => {
  it('is unsupported, never valid', async () => {
    const centre = centreOf('ГОСТ 256');
    const signature = centre.sign(FILE, [centre.issue()]);
    const unsupported = {
      integrity: 'UNSUPPORTED',
      reason: 'GOST_UNAVAILABLE',
      chain: 'UNKNOWN',
      signer: { name: 'Невская Мария Петровна' },
    };
    expect(await verifierOf('pkijs', centre.rootsFile).verify(FILE, signature)).toMatchObject(unsupported);
    const roots = TrustedRoots.inFile(centre.rootsFile);
    const withoutEngine = new OpensslEngine(roots, { program: 'openssl', engine: '/no/such/gost.so' });
    expect(await new CmsSignatureVerifier([withoutEngine], roots, CLOCK).verify(FILE, signature)).toMatchObject(
      unsupported,
    );
  });
});
