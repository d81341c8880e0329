import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DocumentsModule, documentsMappings } from '../../src/contexts/documents/documents.module.js';
import {
  type Applicant,
  ApplicantQuery,
  type EsiaDocument,
  type EsiaDocuments,
  EsiaDocumentsQuery,
} from '../../src/contexts/profile/public.js';
import { testApp, type TestApp } from './test-app.js';

/** Мария, born 05.03.1988, with her children: all that documents ask the profile about. */
@QueryHandler(ApplicantQuery)
class Profile implements IQueryHandler<ApplicantQuery> {
  execute(): Promise<Applicant | null> {
    return Promise.resolve({ birthDate: '1988-03-05', sex: 'F', children: [PETER, ANNA] } as unknown as Applicant);
  }
}

/** What ESIA has for whoever asks; a test puts its documents here. */
export const AT_ESIA: EsiaDocument[] = [];

/** Whose documents ESIA does not give; a test puts them here. */
export const KEPT_BACK: ('OWN' | 'CHILDREN')[] = [];

@QueryHandler(EsiaDocumentsQuery)
class EsiaOfProfile implements IQueryHandler<EsiaDocumentsQuery> {
  execute(): Promise<EsiaDocuments> {
    return Promise.resolve({
      readAt: new Date('2026-11-22T08:00:00Z'),
      documents: [...AT_ESIA],
      notGranted: [...KEPT_BACK],
    });
  }
}

/** A document of ESIA that says only what matters to the test. */
export const esiaDocument = (type: string, says: Partial<EsiaDocument>): EsiaDocument => ({
  esiaId: `${type}-1`,
  type,
  childId: null,
  verified: true,
  series: null,
  number: null,
  issueDate: null,
  issuedBy: null,
  departmentCode: null,
  expiryDate: null,
  birthPlace: null,
  lastNameLat: null,
  firstNameLat: null,
  actNumber: null,
  actDate: null,
  ...says,
});

/** The documents context alone, on a database of its own, with a profile that knows one birth date. */
export const documentsApp = (environment: Readonly<Record<string, string>> = {}): Promise<TestApp> =>
  testApp({
    modules: [DocumentsModule],
    mappings: documentsMappings,
    providers: [Profile, EsiaOfProfile],
    environment,
  });

export const PASSPORT = {
  series: '4008',
  number: '123456',
  issueDate: '2008-03-20',
  issuedBy: 'ГУ МВД России по г. Санкт-Петербургу',
  departmentCode: '780-099',
} as const;

export const PETER = { id: 'child-peter', lastName: 'Невский', firstName: 'Пётр', middleName: 'Иванович' } as const;

/** Old enough for a passport of her own since 15.05.2024. */
export const ANNA = {
  id: 'child-anna',
  lastName: 'Невская',
  firstName: 'Анна',
  middleName: null,
  birthDate: '2010-05-15',
} as const;
