import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type EsiaDocuments, EsiaDocumentsQuery } from '../application/esia-documents.query.js';
import { PersonFactsReader } from './person-facts.reader.js';

@QueryHandler(EsiaDocumentsQuery)
export class EsiaDocumentsQueryHandler implements IQueryHandler<EsiaDocumentsQuery> {
  constructor(private readonly persons: PersonFactsReader) {}

  async execute({ accountId }: EsiaDocumentsQuery): Promise<EsiaDocuments | null> {
    const person = await this.persons.find(accountId);
    if (!person?.facts.documents) return null;
    const { documents, notGranted } = person.facts;
    const childrenUnknown = notGranted.includes('children') || notGranted.includes('childDocuments');
    return {
      readAt: person.refreshedAt,
      documents,
      notGranted: [
        ...(notGranted.includes('documents') ? ['OWN' as const] : []),
        ...(childrenUnknown ? ['CHILDREN' as const] : []),
      ],
    };
  }
}
