import { Query } from '@nestjs/cqrs';

/** Who may enter the back-office, by authority and name, and when they last did. For administrators. */
export class StaffListQuery extends Query<readonly StaffLine[]> {}

export interface StaffLine {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'CLERK' | 'ADMIN';
  /** Empty for administrators. */
  readonly authorityName: string;
  /** ISO instant; null before the first sign-in. */
  readonly lastSignInAt: string | null;
  /** Closed for a while after wrong passwords or codes. */
  readonly locked: boolean;
}
