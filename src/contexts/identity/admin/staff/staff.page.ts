import { page, type Page } from '../../../../platform/http/page.js';
import { formatDateTime, plural } from '../../../../platform/views/format.js';
import { type StaffLine } from '../../application/staff-list.query.js';

export const staffPage = (staff: readonly StaffLine[]): Page =>
  page(
    'identity/staff',
    {
      title: 'Сотрудники',
      matching: plural(staff.length, 'сотрудник', 'сотрудника', 'сотрудников'),
      rows: staff.map(({ name, email, role, authorityName, lastSignInAt, locked }) => ({
        name,
        email,
        isAdministrator: role === 'ADMIN',
        authorityName,
        lastSignIn: lastSignInAt === null ? null : formatDateTime(lastSignInAt),
        locked,
      })),
    },
    { layout: 'office' },
  );
