import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CmsSignatureVerifier } from '../../contexts/documents/infrastructure/signatures/cms-signature-verifier.js';
import { PkijsEngine } from '../../contexts/documents/infrastructure/signatures/pkijs-engine.js';
import { TrustedRoots } from '../../contexts/documents/infrastructure/signatures/trusted-roots.js';
import { type CertificationCentre, startCertificationCentre } from './server.js';

const FILE = Buffer.from('Договор');

describe('the sample certification centre', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lk-centre-'));
  let centre: CertificationCentre;
  beforeAll(async () => {
    centre = await startCertificationCentre({ port: 0, dataDir });
  });
  afterAll(async () => {
    await centre.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const post = (signer: string, file: Uint8Array<ArrayBuffer> | null, url = centre.url) => {
    const form = new FormData();
    form.append('signer', signer);
    if (file) form.append('file', new Blob([file]), 'Договор.pdf');
    return fetch(`${url}/sign`, { method: 'POST', body: form });
  };
  const signatureBy = async (signer: string, url?: string) =>
    Buffer.from(await (await post(signer, Uint8Array.from(FILE), url)).arrayBuffer());
  const verdictOn = (signature: Buffer, file = FILE) => {
    const roots = TrustedRoots.inFile(centre.rootFile);
    return new CmsSignatureVerifier([new PkijsEngine(roots)], roots, { now: () => new Date() }).verify(file, signature);
  };

  it('signs so that the portal confirms it, and only for that file', async () => {
    const signature = await signatureBy('official');
    expect(await verdictOn(signature)).toMatchObject({
      integrity: 'VALID',
      chain: 'TRUSTED',
      signer: { name: 'Примерова Анна Сергеевна', organisation: 'Комитет-образец', inn: '7800000020' },
      certificate: { issuer: 'Учебный удостоверяющий центр, образец' },
      timeSource: 'SIGNER',
    });
    expect(await verdictOn(signature, Buffer.from('другой'))).toMatchObject({ reason: 'OTHER_CONTENT' });
  });

  it.each([
    ['person', 'TRUSTED'],
    ['expired', 'EXPIRED'],
    ['stranger', 'UNTRUSTED'],
  ])('has a %s whose chain is %s', async (signer, chain) => {
    expect(await verdictOn(await signatureBy(signer))).toMatchObject({ integrity: 'VALID', chain });
  });

  it('gives the signature the name of its file', async () => {
    const answer = await post('person', Uint8Array.from(FILE));
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('Договор.pdf.sig');
  });

  it.each([
    ['no file', 'person', null, 'Выберите файл'],
    ['an empty file', 'person', new Uint8Array(), 'Выберите файл'],
    ['a file of more than 3 MB', 'person', new Uint8Array(3 * 1024 * 1024 + 1), 'больше 3 МБ'],
    ['nobody to sign', 'toString', Uint8Array.from(FILE), 'кто подпишет'],
  ])('says on its page what is wrong with %s', async (_case, signer, file, words) => {
    const answer = await post(signer, file);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
  });

  it('keeps its keys over a restart, for nobody else to read, and shows its root', async () => {
    const before = readFileSync(centre.rootFile, 'utf8');
    const again = await startCertificationCentre({ port: 0, dataDir });
    try {
      expect(await verdictOn(await signatureBy('person', again.url))).toMatchObject({ chain: 'TRUSTED' });
      expect(await (await fetch(`${again.url}/root.pem`)).text()).toBe(before);
    } finally {
      await again.close();
    }
    expect(new X509Certificate(before).ca).toBe(true);
    expect(statSync(join(dataDir, 'certification-centre', 'signers.json')).mode & 0o077).toBe(0);
  });

  it('has a page that says whose signature shows what', async () => {
    const text = await (await fetch(centre.url)).text();
    for (const words of ['Образцов', 'Примерова', 'Давнов', 'Незнакомов', 'Песочница']) expect(text).toContain(words);
  });
});
