const COMPLAINT = 'Мне отказали в приёме документов, хотя все они были в порядке и действовали.';

/** What a citizen types on the pages of a complaint. */
export const COMPLAINT_PAGES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  APPLICANT: { phone: '8 (921) 000-00-06', email: '' },
  TARGET: { target: 'COMMITTEE_TRANSPORT', ground: 'ACCEPTANCE_REFUSED', relatedApplication: '' },
  TEXT: { text: COMPLAINT, demand: 'Принять документы и начать оказание услуги' },
  ANSWER: { answerChannel: 'CABINET' },
  CONSENT: { consent: 'true' },
};

/** What a citizen types on the pages of an entry into the first grade, except the files. */
export const SCHOOL_PAGES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  APPLICANT: { phone: '+79210000006', email: 'maria.nevskaya@example.ru' },
  CHILD: { child: 'child-peter' },
  CHILD_DETAILS: {
    birthCertificate: { kind: 'RF_BIRTH_CERTIFICATE', series: 'IV-АК', number: '000123', issueDate: '01.02.2020', issuedBy: 'Отдел ЗАГС Невского района' },
    childSnils: '',
  },
  ADDRESS: { registrationAddress: { line: 'Санкт-Петербург, Примерный проспект, д. 1, кв. 2', district: 'NEVSKY' }, district: 'NEVSKY' },
  SCHOOL: { school: 'SCHOOL_925', language: 'ru', benefitCategory: 'NONE', adaptedProgram: 'false' },
  CONSENT: { consent: 'true' },
};
