const HOME = '/office/queue';

/** The page after sign-in: only one of the back-office itself. */
export const officeReturnPathOf = (asked: unknown): string =>
  typeof asked === 'string' && /^\/office\/[\w/?=&%.-]*$/.test(asked) && !asked.startsWith('/office/sign-')
    ? asked
    : HOME;
