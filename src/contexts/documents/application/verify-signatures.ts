import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { SignatureCheck, type SignedPair } from '../domain/signature-check.js';
import { SignatureCheckRepository } from '../domain/signature-check.repository.js';
import { type SignatureVerdict } from '../domain/signature-verdict.js';
import { SignatureVerifier } from './ports/signature-verifier.js';
import { FileContentQuery } from './stored-files.query.js';

/** How many a run of the job takes. */
const BATCH = 50;

/**
 * Checks the detached signatures of a document, personal or electronic; without one, some of those that wait in any document: new ones,
 * and those checked when other centres were trusted. `again`: also those that have an up-to-date verdict. The caller has checked whose
 * document it is.
 */
export class VerifySignatures extends Command<void> {
  constructor(
    readonly documentId: string | null,
    readonly again = false,
  ) {
    super();
  }
}

@CommandHandler(VerifySignatures)
export class VerifySignaturesHandler implements ICommandHandler<VerifySignatures> {
  constructor(
    private readonly checks: SignatureCheckRepository,
    private readonly verifier: SignatureVerifier,
    private readonly queries: QueryBus,
  ) {}

  async execute({ documentId, again }: VerifySignatures): Promise<void> {
    for (const pair of await this.pairs(documentId, again)) await this.check(pair);
  }

  private pairs(documentId: string | null, again: boolean): Promise<SignedPair[]> {
    const { trust } = this.verifier;
    if (documentId === null) return this.checks.waiting(trust, { limit: BATCH });
    return again ? this.checks.pairsOf(documentId) : this.checks.waiting(trust, { documentId });
  }

  /** A file that is gone meanwhile takes its question with it. */
  private async check(pair: SignedPair): Promise<void> {
    const file = await this.bytesOf(pair.fileId);
    const signature = await this.bytesOf(pair.signatureFileId);
    if (!file || !signature) return;
    const verdict = await this.verifier.verify(file, signature);
    await this.checks.keep(SignatureCheck.of(pair, verdict, isFinal(verdict) ? this.verifier.trust : ''));
  }

  /** At most 3 MB, as every stored file. */
  private async bytesOf(fileId: string): Promise<Uint8Array | null> {
    const stored = await this.queries.execute(new FileContentQuery(fileId));
    if (!stored) return null;
    const chunks: Uint8Array[] = [];
    for await (const chunk of stored.content) chunks.push(chunk);
    return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  }
}

/** A check that broke off is out of date at once: the job tries it again. */
const isFinal = ({ integrity, reason, chain }: SignatureVerdict): boolean =>
  reason !== 'CHECK_FAILED' && (integrity !== 'VALID' || chain !== 'UNKNOWN');
