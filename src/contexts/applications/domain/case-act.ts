/** What a clerk did with a case; the record is append-only. */
export const CASE_ACTS = [
  'VIEWED',
  'FILE_READ',
  'ACCEPTED',
  'COMMENTED',
  'INFO_REQUESTED',
  'EXECUTED',
  'REFUSED',
  'CANCELLATION_CONFIRMED',
  'CANCELLATION_DECLINED',
] as const;

/** One line of the record of who saw or changed a case of a citizen and when. */
export class CaseAct {
  constructor(
    readonly id: string,
    readonly applicationId: string,
    readonly staffId: string,
    readonly act: (typeof CASE_ACTS)[number],
    readonly at: Date,
  ) {}
}
