import { type AccountLevel } from '../../../../kernel/account-level.js';
import { formatDateTime, plural } from '../../../../platform/views/format.js';
import { type MirrorReading } from '../profile-mirror.js';
import { troubleOf } from '../profile/profile.page.js';

/** What `templates/profile/organizations.hbs` prints. */
export function organizationsPage({ profile, trouble }: MirrorReading, level: AccountLevel, editUrl: string) {
  const organizations = profile?.facts.organizations ?? [];
  return {
    title: 'Организации',
    breadcrumb: [{ text: 'Организации' }],
    editUrl,
    trouble: troubleOf(trouble),
    known: profile !== null,
    refreshedAt: profile && formatDateTime(profile.refreshedAt),
    notGranted: profile?.facts.notGranted.includes('organizations') ?? false,
    /** Only a confirmed person may act for an organisation (fact sheet §6, capability 14). */
    needsConfirmation: level !== 'CONFIRMED',
    count: plural(organizations.length, 'организация', 'организации', 'организаций'),
    organizations,
  };
}
