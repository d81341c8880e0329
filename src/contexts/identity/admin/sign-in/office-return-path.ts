/** Where clerks start. */
export const OFFICE_HOME = '/office/queue';
/** Where administrators start: they have no authority and so no queue. */
export const ADMINISTRATOR_HOME = '/office/staff';

/** The page after sign-in: only one of the back-office itself. */
export const officeReturnPathOf = (asked: unknown): string =>
  typeof asked === 'string' && /^\/office\/[\w/?=&%.-]*$/.test(asked) && !asked.startsWith('/office/sign-')
    ? asked
    : OFFICE_HOME;
