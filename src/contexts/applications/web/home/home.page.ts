import { plural } from '../../../../platform/views/format.js';
import { type ServiceLine } from '../../application/services.query.js';
import { spheresOf } from '../catalogue/catalogue.page.js';

/** What `templates/applications/home.hbs` prints. */
export const homePage = (popular: readonly ServiceLine[], all: readonly ServiceLine[], signedIn: boolean) => ({
  title: 'Государственные и муниципальные услуги в Санкт-Петербурге',
  signedIn,
  popular: popular.map(({ code, title, summary }) => ({ href: `/services/${code}`, heading: title, text: summary })),
  spheres: spheresOf(all).map(({ code, title, services }) => ({
    href: `/services?sphere=${code}`,
    heading: title,
    text: plural(services.length, 'услуга', 'услуги', 'услуг'),
  })),
});
