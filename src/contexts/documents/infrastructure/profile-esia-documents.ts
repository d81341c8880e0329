import { Injectable, Logger } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type EsiaDocument, EsiaDocumentsQuery } from '../../profile/public.js';
import { EsiaDocuments, type SuppliedDocuments } from '../application/ports/esia-documents.js';
import { NumberFingerprints } from '../application/ports/number-fingerprints.js';
import { kindOfEsiaType } from '../domain/document-kinds.js';
import { requisitesOfEsia } from '../domain/esia-requisites.js';
import { numberOf, type SuppliedDocument } from '../domain/personal-document.js';

@Injectable()
export class ProfileEsiaDocuments extends EsiaDocuments {
  private readonly logger = new Logger('EsiaDocuments');

  constructor(
    private readonly queries: QueryBus,
    private readonly fingerprints: NumberFingerprints,
  ) {
    super();
  }

  override async of(accountId: string): Promise<SuppliedDocuments | null> {
    const read = await this.queries.execute(new EsiaDocumentsQuery(accountId));
    if (read === null) return null;
    const documents: SuppliedDocument[] = [];
    for (const document of read.documents) {
      const supplied = this.suppliedBy(document);
      if (supplied && !documents.some((known) => isSame(known, supplied))) documents.push(supplied);
    }
    return { readAt: read.readAt, documents, notGranted: read.notGranted };
  }

  private suppliedBy(document: EsiaDocument): SuppliedDocument | null {
    const kind = kindOfEsiaType(document.type);
    if (kind === null) return null;
    const requisites = requisitesOfEsia(kind, { ...document });
    if (requisites === null) {
      this.logger.warn(`A document of the type ${document.type} came from ESIA without a number and is not shown`);
      return null;
    }
    const numberFingerprint = this.fingerprints.of(kind.code, numberOf(kind, requisites));
    const { esiaId, childId, verified } = document;
    return { esiaId, kind, childId, verified, content: { requisites, numberFingerprint } };
  }
}

/** One document of one person, by its number at ESIA or by its own. */
const isSame = (one: SuppliedDocument, other: SuppliedDocument): boolean =>
  one.kind === other.kind &&
  one.childId === other.childId &&
  (one.esiaId === other.esiaId || one.content.numberFingerprint === other.content.numberFingerprint);
