import { type FormErrors } from '../../../../platform/http/read-form.js';
import { plural } from '../../../../platform/views/format.js';
import { type ServiceLine } from '../../application/services.query.js';
import { type CatalogueSearch } from './catalogue.form.js';

/** Services by the section of the catalogue, in the order in which they come. */
export function spheresOf(services: readonly ServiceLine[]) {
  const spheres = new Map<string, { readonly code: string; readonly title: string; readonly services: ServiceLine[] }>();
  for (const service of services) {
    const sphere = spheres.get(service.sphereCode) ?? { code: service.sphereCode, title: service.sphereTitle, services: [] };
    sphere.services.push(service);
    spheres.set(service.sphereCode, sphere);
  }
  return [...spheres.values()];
}

/** What `templates/applications/catalogue.hbs` prints: all by section, one section, or what was found. */
export function cataloguePage(form: CatalogueSearch, found: readonly ServiceLine[], errors: FormErrors | null) {
  const spheres = spheresOf(found);
  const searched = form.q !== '';
  const inSphere = form.sphere !== '' && spheres.length === 1 ? spheres[0]! : null;
  const title = searched ? `Поиск услуг: ${form.q}` : (inSphere?.title ?? 'Услуги');
  return {
    title,
    breadcrumb: inSphere || searched ? [{ href: '/services', text: 'Услуги' }, { text: title }] : [],
    search: form.q,
    searched,
    count: plural(found.length, 'услуга', 'услуги', 'услуг'),
    found: searched ? found.map(cardOf) : [],
    spheres: searched ? [] : spheres.map(({ title: heading, services }) => ({ heading, services: services.map(cardOf) })),
    nothing: found.length === 0,
    form,
    errors,
  };
}

const cardOf = ({ code, title, summary, authorityTitle }: ServiceLine) => ({ href: `/services/${code}`, heading: title, text: summary, meta: authorityTitle });
