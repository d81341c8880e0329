import { type QueryBus } from '@nestjs/cqrs';
import { streamOf } from '../../../../test/support/sample-files.js';
import { type SignatureCheck, type SignedPair } from '../domain/signature-check.js';
import { SignatureCheckRepository } from '../domain/signature-check.repository.js';
import { type SignatureVerdict } from '../domain/signature-verdict.js';
import { SignatureVerifier } from './ports/signature-verifier.js';
import { type FileContentQuery } from './stored-files.query.js';
import { VerifySignatures, VerifySignaturesHandler } from './verify-signatures.js';

const PAIR: SignedPair = { fileId: 'file', signatureFileId: 'signature' };

/** One pair in one document; waits while it has no check under the trust asked for. */
class OnePair extends SignatureCheckRepository {
  kept: SignatureCheck | null = null;

  override pairsOf(): Promise<SignedPair[]> {
    return Promise.resolve([PAIR]);
  }

  override waiting(trust: string): Promise<SignedPair[]> {
    return Promise.resolve(this.kept?.trust === trust ? [] : [PAIR]);
  }

  override keep(check: SignatureCheck): Promise<void> {
    this.kept = check;
    return Promise.resolve();
  }
}

/** Finds what it is told to find, and notes what it was given. */
class ToldVerifier extends SignatureVerifier {
  override readonly trust = 'trust';
  readonly given: string[] = [];

  constructor(private readonly found: Partial<SignatureVerdict>) {
    super();
  }

  override verify(file: Uint8Array, signature: Uint8Array): Promise<SignatureVerdict> {
    this.given.push(`${Buffer.from(file).toString()} ${Buffer.from(signature).toString()}`);
    return Promise.resolve(this.found as SignatureVerdict);
  }
}

const storage = (contents: Readonly<Record<string, string>>) =>
  ({
    execute: ({ fileId }: FileContentQuery) =>
      Promise.resolve(contents[fileId] ? { content: streamOf(Buffer.from(contents[fileId]), 2) } : null),
  }) as unknown as QueryBus;

const GOOD = { integrity: 'VALID', reason: null, chain: 'TRUSTED' } as const;
const FILES = storage({ file: 'the file', signature: 'its signature' });

describe('checking signatures', () => {
  it('reads both files whole, once', async () => {
    const verifier = new ToldVerifier(GOOD);
    const handler = new VerifySignaturesHandler(new OnePair(), verifier, FILES);
    await handler.execute(new VerifySignatures('document'));
    await handler.execute(new VerifySignatures('document'));
    await handler.execute(new VerifySignatures(null));
    expect(verifier.given).toEqual(['the file its signature']);
  });

  it('is done again for who asks', async () => {
    const verifier = new ToldVerifier(GOOD);
    const handler = new VerifySignaturesHandler(new OnePair(), verifier, FILES);
    await handler.execute(new VerifySignatures('document'));
    await handler.execute(new VerifySignatures('document', true));
    expect(verifier.given).toHaveLength(2);
  });

  it.each([
    ['of the signature', { integrity: 'UNSUPPORTED', reason: 'CHECK_FAILED', chain: 'UNKNOWN' }],
    ['of its certificate', { integrity: 'VALID', reason: null, chain: 'UNKNOWN' }],
  ] as const)('that broke off in the check %s is shown and tried again', async (_part, found) => {
    const checks = new OnePair();
    const verifier = new ToldVerifier(found);
    const handler = new VerifySignaturesHandler(checks, verifier, FILES);
    await handler.execute(new VerifySignatures(null));
    expect(checks.kept?.verdict).toEqual(found);
    await handler.execute(new VerifySignatures(null));
    expect(verifier.given).toHaveLength(2);
  });

  it('has nothing to say of a file that is gone', async () => {
    const checks = new OnePair();
    const handler = new VerifySignaturesHandler(checks, new ToldVerifier(GOOD), storage({ signature: 'alone' }));
    await handler.execute(new VerifySignatures(null));
    expect(checks.kept).toBeNull();
  });
});
