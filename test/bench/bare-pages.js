/*
 * The pages /cabinet and /documents with nothing round them: Fastify, Handlebars and pg. They ask the database the product's own questions
 * (session, contacts, fines, applications, documents, notifications), make the same models and print the same templates, but have no Nest,
 * no buses, no guards, no anti-forgery cookie, no security headers, no compression and no unit of work. A process of its own, forked by
 * `pages.js`.
 */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const [
  { Config },
  { Sql },
  { KeyRing },
  { Messages },
  { TEMPLATES, Views },
  { SessionPrincipals },
  { RandomSessionTokens },
  { CITIZEN_COOKIE },
] = await Promise.all([
  dist('platform/config/config.js'),
  dist('platform/persistence/sql.js'),
  dist('platform/security/key-ring.js'),
  dist('platform/views/messages.js'),
  dist('platform/views/views.js'),
  dist('contexts/identity/infrastructure/session-principals.js'),
  dist('contexts/identity/infrastructure/random-session-tokens.js'),
  dist('contexts/identity/application/ports/session-tokens.js'),
]);
const [
  { dashboardPage },
  { ContactsQueryHandler },
  { PersonFactsReader },
  { FinesAttentionQueryHandler },
  { ApplicationsAttentionQueryHandler },
  { UnreadQueryHandler },
  { documentsPage },
  { familyOf },
  { PersonalDocumentsQueryHandler },
  { ApplicantQueryHandler },
  { VehicleReader },
] = await Promise.all([
  dist('contexts/profile/web/dashboard/dashboard.page.js'),
  dist('contexts/profile/infrastructure/contacts.query-handler.js'),
  dist('contexts/profile/infrastructure/person-facts.reader.js'),
  dist('contexts/payments/infrastructure/fines.query-handlers.js'),
  dist('contexts/applications/infrastructure/applications-attention.query-handler.js'),
  dist('contexts/notifications/infrastructure/unread.query-handler.js'),
  dist('contexts/documents/web/list/documents.page.js'),
  dist('contexts/documents/web/family.js'),
  dist('contexts/documents/infrastructure/personal-documents.query-handlers.js'),
  dist('contexts/profile/infrastructure/applicant.query-handler.js'),
  dist('contexts/profile/infrastructure/vehicle.reader.js'),
]);

const config = Config.from(process.env);
const sql = new Sql(config);
const keyRing = new KeyRing(config.dataKeys, config.indexKey);
const clock = { now: () => new Date() };
const principals = new SessionPrincipals(sql, new RandomSessionTokens(), keyRing, clock);
const contacts = new ContactsQueryHandler(new PersonFactsReader(sql, keyRing));
const fines = new FinesAttentionQueryHandler(sql, clock);
const applications = new ApplicationsAttentionQueryHandler(sql);
const unread = new UnreadQueryHandler(sql);
const persons = new ApplicantQueryHandler(new PersonFactsReader(sql, keyRing), new VehicleReader(sql, keyRing));
const documents = new PersonalDocumentsQueryHandler(sql, keyRing, persons, clock);
const views = new Views(new Messages(TEMPLATES));
const editUrl = `${config.esia.profileUrl}?return=${encodeURIComponent(`${config.publicUrl}/profile/return`)}`;

const server = fastify();
server.get(
  '/metrics',
  () => `process_cpu_seconds_total ${process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6}`,
);
const citizenOf = (request) => {
  const [, token] = request.headers.cookie.split(`${CITIZEN_COOKIE}=`);
  return principals.citizenOf({ cookies: { [CITIZEN_COOKIE]: token } });
};
const show = (reply, template, model, { citizen, path, unreadCount }) => {
  const page = { citizen, staff: null, csrfToken: randomUUID(), idempotencyKey: randomUUID(), unreadCount, notice: null, path, vision: '' };
  return reply.type('text/html; charset=utf-8').send(views.render(template, { ...model, page }, 'cabinet'));
};
server.get('/cabinet', async (request, reply) => {
  const citizen = await citizenOf(request);
  const of = { accountId: citizen.accountId };
  const [known, unpaid, open, news] = await Promise.all([
    contacts.execute(of),
    fines.execute(of),
    applications.execute(of),
    unread.execute(of),
  ]);
  const model = dashboardPage(
    citizen,
    { contacts: known, fines: unpaid, applications: open, notifications: news },
    editUrl,
  );
  return show(reply, 'profile/dashboard', model, { citizen, path: '/cabinet', unreadCount: news.count });
});
server.get('/documents', async (request, reply) => {
  const citizen = await citizenOf(request);
  const of = { accountId: citizen.accountId };
  const [kept, family, news] = await Promise.all([documents.execute(of), familyOf(citizen.accountId, persons), unread.execute(of)]);
  return show(reply, 'documents/list', documentsPage(kept, family, null), { citizen, path: '/documents', unreadCount: news.count });
});
process.once('SIGTERM', async () => {
  await server.close();
  await sql.onApplicationShutdown();
  process.disconnect();
});
await server.listen({ host: config.host, port: config.port });
process.send('ready');
