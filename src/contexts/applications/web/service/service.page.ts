import { type AccountLevel, isAtLeast } from '../../../../kernel/account-level.js';
import { formatDate, formatDateTime, plural } from '../../../../platform/views/format.js';
import { type DraftLine } from '../../application/drafts.query.js';
import { type ServiceView } from '../../application/services.query.js';
import { type Admission } from '../../domain/filing-window.js';

/** Names of the account levels as the applicant reads them. */
export const LEVEL_WORDS: Readonly<Record<AccountLevel, string>> = {
  SIMPLIFIED: 'упрощённая',
  STANDARD: 'стандартная',
  CONFIRMED: 'подтверждённая',
};

/** Warns the citizen before the form is filled, not when it is sent (fact sheet §7.3). */
export const levelWarning = (required: AccountLevel, current: AccountLevel | null) =>
  current === null || isAtLeast(current, required) ? null : { required: LEVEL_WORDS[required], current: LEVEL_WORDS[current] };

/** When applications are taken, in words. */
export const admissionWords = (admission: Admission, asOf: Date) =>
  admission.open
    ? { open: true, window: admission.run?.title ?? null, until: admission.run && formatDateTime(admission.run.closesAt) }
    : {
        open: false,
        window: admission.run.title,
        opensAt: formatDateTime(admission.run.opensAt),
        // For the countdown, which goes by the server's time.
        opensAtIso: admission.run.opensAt.toISOString(),
        asOfIso: asOf.toISOString(),
      };

/** The last day of a half-open window: «по 30 июня». */
const lastDay = (closesAt: Date): string => formatDate(new Date(closesAt.getTime() - 1));

/** One line of a list of drafts. */
export const draftRow = (draft: DraftLine) => ({
  href: `/drafts/${draft.draftId}`,
  deleteHref: `/drafts/${draft.draftId}/delete`,
  title: draft.serviceTitle,
  updatedAt: formatDateTime(draft.updatedAt),
  progress: draft.progressPercent,
});

/** What `templates/applications/service.hbs` prints. */
export const servicePage = (service: ServiceView, drafts: readonly DraftLine[], level: AccountLevel | null) => ({
  title: service.title,
  breadcrumb: [{ href: '/services', text: 'Услуги' }, { href: `/services?sphere=${service.sphereCode}`, text: service.sphereTitle }, { text: service.title }],
  summary: service.summary,
  active: service.active,
  startAction: `/services/${service.code}/draft`,
  signInHref: `/auth/esia?return=${encodeURIComponent(`/services/${service.code}`)}`,
  signedIn: level !== null,
  requiredLevel: LEVEL_WORDS[service.requiredLevel],
  warning: levelWarning(service.requiredLevel, level),
  admission: admissionWords(service.admission, service.asOf),
  windows: service.windows.map(({ title, opensAt, closesAt }) => ({ title, from: formatDate(opensAt), through: lastDay(closesAt) })),
  facts: [
    { label: 'Кто оказывает', value: service.authorityTitle },
    { label: 'Срок', value: service.passport.termText },
    { label: 'Стоимость', value: service.passport.feeText },
    { label: 'Результат', value: service.passport.result },
    { label: 'Какая нужна учётная запись', value: capitalized(LEVEL_WORDS[service.requiredLevel]) },
  ],
  who: service.passport.who,
  documents: service.passport.documents,
  refusalGrounds: service.passport.refusalGrounds,
  sourceNote: service.passport.sourceNote,
  draftCount: drafts.length > 0 ? plural(drafts.length, 'черновик', 'черновика', 'черновиков') : null,
  drafts: drafts.map(draftRow),
});

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
