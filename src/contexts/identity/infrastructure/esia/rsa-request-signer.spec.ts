import { verify } from 'node:crypto';
import { issueClientCertificate } from '../../../../sandbox/esia/client-certificate.js';
import { RsaRequestSigner } from './rsa-request-signer.js';

describe('request signature', () => {
  it('is the raw signature of the text, base64url, made by the key of the certificate', async () => {
    const { privateKeyPem, certificatePem } = await issueClientCertificate('LKSPB01');
    const signature = await new RsaRequestSigner(privateKeyPem, certificatePem).sign('LKSPB01openid имя');
    expect(signature).toMatch(/^[A-Za-z0-9_-]{342}$/);
    expect(
      verify('sha256', Buffer.from('LKSPB01openid имя'), certificatePem, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  });

  it('names the certificate by 64 upper-case hexadecimal characters', async () => {
    const { privateKeyPem, certificatePem } = await issueClientCertificate('LKSPB01');
    expect(new RsaRequestSigner(privateKeyPem, certificatePem).certificateHash).toMatch(/^[0-9A-F]{64}$/);
  });

  it('is not begun with a key of another certificate', async () => {
    const [one, other] = await Promise.all([issueClientCertificate('A'), issueClientCertificate('B')]);
    expect(() => new RsaRequestSigner(one.privateKeyPem, other.certificatePem)).toThrow(/does not belong/);
  });
});
