import { formatDate, formatDateTime, formatPersonName } from '../../../../platform/views/format.js';
import { type VehicleView } from '../../application/vehicles.query.js';
import { type PersonChild, type PersonFacts, type PersonSection } from '../../domain/person-facts.js';
import { type EsiaTrouble, type MirrorReading } from '../profile-mirror.js';
import { certificateText, phoneText, plateText, snilsText } from '../requisite-text.js';

/** What `templates/profile/profile.hbs` prints. `person` and `children` are null until the profile was read once. */
export const profilePage = (
  { profile, trouble }: MirrorReading,
  vehicles: readonly VehicleView[],
  editUrl: string,
) => ({
  title: 'Личные данные',
  breadcrumb: [{ text: 'Личные данные' }],
  editUrl,
  trouble: troubleOf(trouble),
  refreshedAt: profile && formatDateTime(profile.refreshedAt),
  person: profile && personOf(profile.facts),
  children: profile && profile.facts.children.map(childOf),
  childrenNotGranted: profile !== null && isNotGranted(profile.facts, 'children'),
  vehicles: vehicles.map((vehicle) => ({
    href: `/profile/vehicles/${vehicle.id}`,
    removeHref: `/profile/vehicles/${vehicle.id}/remove`,
    make: vehicle.make,
    plate: plateText(vehicle.grz, vehicle.plateType),
    plateToCopy: vehicle.grz,
    certificate: certificateText(vehicle.sts),
    certificateToCopy: vehicle.sts,
  })),
});

/** Flags for the banner that says why the data could not be refreshed. */
export const troubleOf = (trouble: EsiaTrouble | null) =>
  trouble && { unavailable: trouble === 'unavailable', accessEnded: trouble === 'access-ended' };

const isNotGranted = (facts: PersonFacts, section: PersonSection) => facts.notGranted.includes(section);

const personOf = (facts: PersonFacts) => ({
  fullName: formatPersonName(facts),
  birthDate: facts.birthDate && formatDate(facts.birthDate),
  birthPlace: facts.birthPlace,
  female: facts.sex === 'F',
  male: facts.sex === 'M',
  snils: facts.snils && snilsText(facts.snils),
  inn: facts.inn,
  contacts: facts.contacts.map(({ kind, value, confirmed }) => ({
    mobile: kind === 'MOBILE',
    homePhone: kind === 'HOME_PHONE',
    email: kind === 'EMAIL',
    workEmail: kind === 'WORK_EMAIL',
    value: kind === 'MOBILE' || kind === 'HOME_PHONE' ? phoneText(value) : value,
    confirmed,
  })),
  contactsNotGranted: isNotGranted(facts, 'contacts'),
  addresses: facts.addresses.map(({ kind, line }) => ({ registration: kind === 'REGISTRATION', line })),
  addressesNotGranted: isNotGranted(facts, 'addresses'),
});

const childOf = (child: PersonChild) => ({
  id: child.id,
  fullName: formatPersonName(child),
  birthDate: formatDate(child.birthDate),
  female: child.sex === 'F',
  snils: child.snils && snilsText(child.snils),
  inn: child.inn,
  oms: child.oms,
  certificate: child.birthCertificate && {
    number: `${child.birthCertificate.series} № ${child.birthCertificate.number}`.trim(),
    issueDate: child.birthCertificate.issueDate && formatDate(child.birthCertificate.issueDate),
    issuedBy: child.birthCertificate.issuedBy,
  },
});
