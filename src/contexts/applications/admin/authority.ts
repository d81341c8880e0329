import { type StaffMember } from '../../../platform/http/principal.js';
import { ApplicationNotFound } from '../domain/service-application.errors.js';

/** Authority whose cases a clerk works. Throws ApplicationNotFound for staff of none: there are no cases for them. */
export const authorityOf = ({ authorityCode }: StaffMember): string => {
  if (!authorityCode) throw new ApplicationNotFound();
  return authorityCode;
};
