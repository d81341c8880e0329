import { isAtLeast } from '../../../../kernel/account-level.js';
import { type Citizen } from '../../../../platform/http/principal.js';
import { formatDate, formatDateTime, formatMoney, plural } from '../../../../platform/views/format.js';
import { type ApplicationsAttention } from '../../../applications/public.js';
import { type UnreadNotifications } from '../../../notifications/public.js';
import { type FinesAttention } from '../../../payments/public.js';
import { type Contacts } from '../../application/contacts.query.js';

/** Answers of the contexts; null where one could not answer. */
export interface DashboardParts {
  readonly contacts: Contacts | null;
  readonly fines: FinesAttention | null;
  readonly applications: ApplicationsAttention | null;
  readonly notifications: UnreadNotifications | null;
}

/** What `templates/profile/dashboard.hbs` prints. What has a last day stands first. */
export function dashboardPage(
  { level, displayName }: Citizen,
  { contacts, fines, applications, notifications }: DashboardParts,
  editUrl: string,
) {
  const needsAttention = [
    fines?.unpaidCount,
    applications?.awaiting.length,
    applications?.draftCount,
    notifications?.count,
  ].some((count) => (count ?? 0) > 0);
  return {
    title: 'Личный кабинет',
    greetedName: [contacts?.firstName, contacts?.middleName].filter(Boolean).join(' ') || displayName,
    level: {
      simplified: level === 'SIMPLIFIED',
      standard: level === 'STANDARD',
      confirmed: isAtLeast(level, 'CONFIRMED'),
      raiseUrl: editUrl,
    },
    incomplete: fines === null || applications === null || notifications === null,
    needsAttention,
    fines: fines && fines.unpaidCount > 0 ? finesOf(fines) : null,
    awaiting: (applications?.awaiting ?? []).map((application) => ({
      href: `/applications/${application.applicationId}`,
      serviceTitle: application.serviceTitle,
      registrationNumber: application.registrationNumber,
      respondBy: application.respondBy && formatDate(application.respondBy),
    })),
    drafts: applications && applications.draftCount > 0 ? draftsOf(applications) : null,
    inProgress:
      applications && applications.inProgressCount > 0
        ? plural(applications.inProgressCount, 'заявление', 'заявления', 'заявлений')
        : null,
    notifications: notifications && notifications.count > 0 ? notificationsOf(notifications) : null,
  };
}

const finesOf = ({ unpaidCount, dueKopecks, fines }: FinesAttention) => ({
  count: plural(unpaidCount, 'неоплаченный штраф', 'неоплаченных штрафа', 'неоплаченных штрафов'),
  due: formatMoney(dueKopecks),
  items: fines.map((fine) => ({
    href: `/fines/${fine.fineId}`,
    purpose: fine.purpose,
    due: formatMoney(fine.dueKopecks),
    fullAmount: fine.dueKopecks < fine.amountKopecks ? formatMoney(fine.amountKopecks) : null,
    discountUntil: fine.discountUntil && formatDate(fine.discountUntil),
    lastDay: fine.daysLeft === 0,
    daysLeft: fine.daysLeft && plural(fine.daysLeft, 'день', 'дня', 'дней'),
  })),
});

const draftsOf = ({ draftCount, drafts }: ApplicationsAttention) => ({
  count: plural(draftCount, 'черновик', 'черновика', 'черновиков'),
  items: drafts.map((draft) => ({
    href: `/drafts/${draft.draftId}`,
    serviceTitle: draft.serviceTitle,
    updatedAt: formatDateTime(draft.updatedAt),
    progress: draft.progressPercent,
  })),
});

const notificationsOf = ({ count, latest }: UnreadNotifications) => ({
  count: plural(count, 'непрочитанное уведомление', 'непрочитанных уведомления', 'непрочитанных уведомлений'),
  items: latest.map(({ notificationId, title, at }) => ({
    href: `/notifications/${notificationId}`,
    title,
    at: formatDateTime(at),
  })),
});
