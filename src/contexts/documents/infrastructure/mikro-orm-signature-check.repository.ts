import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { type SignatureCheck, type SignedPair } from '../domain/signature-check.js';
import { SignatureCheckRepository } from '../domain/signature-check.repository.js';
import { SignatureCheckMapping } from './documents.mappings.js';

/** Files in quarantine and infected ones cannot be read; the pair waits. */
const PAIRS = `select distinct p.file_id as "fileId", p.signature_file_id as "signatureFileId" from documents.signed_pair p
  where not exists (select from documents.stored_file f
    where f.id in (p.file_id, p.signature_file_id) and f.scan in ('PENDING', 'INFECTED'))`;
const UNCHECKED = `not exists (select from documents.signature_check c
  where c.signature_file_id = p.signature_file_id and c.file_id = p.file_id and c.trust = ?)`;

@Injectable()
export class MikroOrmSignatureCheckRepository extends SignatureCheckRepository {
  constructor(private readonly em: EntityManager) {
    super();
  }

  override pairsOf(documentId: string): Promise<SignedPair[]> {
    return this.em.execute<SignedPair[]>(`${PAIRS} and p.document_id = ?`, [documentId]);
  }

  override waiting(
    trust: string,
    among: { readonly documentId: string } | { readonly limit: number },
  ): Promise<SignedPair[]> {
    // By chance: one that cannot be read must not stand in the way of the others for ever.
    return 'documentId' in among
      ? this.em.execute<SignedPair[]>(`${PAIRS} and p.document_id = ? and ${UNCHECKED}`, [among.documentId, trust])
      : this.em.execute<SignedPair[]>(`select * from (${PAIRS} and ${UNCHECKED}) waiting order by random() limit ?`, [
          trust,
          among.limit,
        ]);
  }

  override async keep(check: SignatureCheck): Promise<void> {
    await this.em.upsert(SignatureCheckMapping, { ...check });
  }
}
