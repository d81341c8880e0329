/*
 * The page /cabinet with nothing round it: Fastify, Handlebars and pg. It asks the database the product's own questions (session, contacts,
 * fines, applications, notifications), makes the same model and prints the same templates, but has no Nest, no buses, no guards,
 * no anti-forgery cookie, no security headers, no compression and no unit of work. A process of its own, forked by `dashboard.js`.
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
] = await Promise.all([
  dist('contexts/profile/web/dashboard/dashboard.page.js'),
  dist('contexts/profile/infrastructure/contacts.query-handler.js'),
  dist('contexts/profile/infrastructure/person-facts.reader.js'),
  dist('contexts/payments/infrastructure/fines.query-handlers.js'),
  dist('contexts/applications/infrastructure/applications-attention.query-handler.js'),
  dist('contexts/notifications/infrastructure/unread.query-handler.js'),
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
const views = new Views(new Messages(TEMPLATES));
const editUrl = `${config.esia.profileUrl}?return=${encodeURIComponent(`${config.publicUrl}/profile/return`)}`;

const server = fastify();
server.get(
  '/metrics',
  () => `process_cpu_seconds_total ${process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6}`,
);
server.get('/cabinet', async (request, reply) => {
  const [, token] = request.headers.cookie.split(`${CITIZEN_COOKIE}=`);
  const citizen = await principals.citizenOf({ cookies: { [CITIZEN_COOKIE]: token } });
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
  const page = {
    citizen,
    staff: null,
    csrfToken: randomUUID(),
    idempotencyKey: randomUUID(),
    unreadCount: news.count,
    notice: null,
    path: '/cabinet',
    vision: '',
  };
  return reply.type('text/html; charset=utf-8').send(views.render('profile/dashboard', { ...model, page }, 'cabinet'));
});
process.once('SIGTERM', async () => {
  await server.close();
  await sql.onApplicationShutdown();
  process.disconnect();
});
await server.listen({ host: config.host, port: config.port });
process.send('ready');
