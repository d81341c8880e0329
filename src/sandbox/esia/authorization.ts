import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ClientSystem, checkTimestamp, readParameters } from './client-system.js';
import { type Codes } from './codes.js';
import { Directory } from './directory.js';
import { EsiaError } from './esia-error.js';
import { type Faults, playTransportFault } from './faults.js';
import { escapeHtml, renderError, renderPage, textField } from './pages.js';
import { type PendingAuthorization, type SignOnSession, Sessions } from './sessions.js';

interface Parts {
  readonly client: ClientSystem;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly codes: Codes;
  readonly faults: Faults;
  readonly now: () => Date;
}

/** The door of a browser: authorization request, sign-in, consent, return with a code; and sign-out. */
export function authorizationRoutes(app: FastifyInstance, parts: Parts): void {
  const { client, directory, sessions, codes, faults, now } = parts;

  app.get('/aas/oauth2/v2/ac', async (request, reply) => {
    const fault = faults.take('authorize');
    if (playTransportFault(fault, reply)) return reply;
    const { redirect_uri: redirectUri, state, client_id: clientId } = request.query as Record<string, string>;
    if (clientId !== client.id) return html(reply, 400, renderError('Ошибка', new EsiaError('008010').message));
    if (typeof redirectUri !== 'string' || !client.allowsRedirect(redirectUri))
      return html(reply, 400, renderError('Ошибка', new EsiaError('007023').message));
    try {
      if (fault?.kind === 'esia-error' && fault.code) throw new EsiaError(fault.code);
      const id = sessions.hold(checkRequest(request.query, client, now()));
      return reply.redirect(
        sessions.of(request.headers.cookie) ? `/consent?request=${id}` : `/login?request=${id}`,
        302,
      );
    } catch (error) {
      if (error instanceof EsiaError) return reply.redirect(refusal(redirectUri, state, error), 302);
      throw error;
    }
  });

  app.get('/login', (request, reply) => {
    const id = requestId(request.query);
    if (!sessions.held(id)) return staleRequest(reply);
    return html(reply, 200, loginPage(id, directory));
  });

  app.post('/login', (request, reply) => {
    const { login = '', password = '' } = (request.body ?? {}) as Record<string, string>;
    const id = requestId(request.body);
    if (!sessions.held(id)) return staleRequest(reply);
    const person = directory.byLogin(login);
    if (!person || person.login.password !== password)
      return html(
        reply,
        401,
        loginPage(
          id,
          directory,
          login,
          'Неверный логин или пароль. Проверьте раскладку клавиатуры и попробуйте ещё раз.',
        ),
      );
    const session = sessions.open(person, now());
    return reply.header('set-cookie', Sessions.cookie(session)).redirect(`/consent?request=${id}`, 303);
  });

  app.get('/consent', async (request, reply) => {
    const id = requestId(request.query);
    const authorization = sessions.held(id);
    const session = sessions.of(request.headers.cookie);
    if (!authorization) return staleRequest(reply);
    if (!session) return reply.redirect(`/login?request=${id}`, 303);
    if (authorization.confirmedOnly && !session.person.trusted) return answer(reply, id, new EsiaError('007055'));
    if (session.consents.get(client.id) === authorization.scope) return answer(reply, id, session);
    return html(reply, 200, consentPage(id, authorization, session));
  });

  app.post('/consent', async (request, reply) => {
    const id = requestId(request.body);
    const session = sessions.of(request.headers.cookie);
    const authorization = sessions.held(id);
    if (!authorization || !session) return staleRequest(reply);
    if ((request.body as Record<string, string>).answer !== 'allow') return answer(reply, id, new EsiaError('007004'));
    session.consents.set(client.id, authorization.scope);
    return answer(reply, id, session);
  });

  // The parameter is `redirect_url` here, unlike everywhere else.
  app.get('/idp/ext/Logout', (request: FastifyRequest, reply) => {
    const { client_id: clientId, redirect_url: redirectUrl } = request.query as Record<string, string>;
    sessions.end(sessions.of(request.headers.cookie));
    void reply.header('set-cookie', Sessions.cookie(null));
    if (clientId === client.id && typeof redirectUrl === 'string' && client.owns(redirectUrl))
      return reply.redirect(redirectUrl, 302);
    return html(reply, 200, renderPage('Вы вышли', '<p>Сеанс в ЕСИА завершён.</p>'));
  });

  async function answer(reply: FastifyReply, id: string, outcome: SignOnSession | EsiaError): Promise<FastifyReply> {
    const authorization = sessions.held(id);
    if (!authorization) return staleRequest(reply);
    sessions.release(id);
    const { redirectUri, state, clientId, scope, organizationScope } = authorization;
    if (outcome instanceof EsiaError) return reply.redirect(refusal(redirectUri, state, outcome), 303);
    const grant = {
      clientId,
      scope,
      organizationScope,
      person: outcome.person,
      sessionId: outcome.id,
      authenticatedAt: outcome.authenticatedAt,
    };
    const back = new URL(redirectUri);
    back.searchParams.set('code', await codes.issue(grant, redirectUri));
    back.searchParams.set('state', state);
    return reply.redirect(back.href, 303);
  }
}

function checkRequest(query: unknown, client: ClientSystem, now: Date): PendingAuthorization {
  const p = readParameters(
    query,
    [
      'client_id',
      'client_secret',
      'client_certificate_hash',
      'redirect_uri',
      'response_type',
      'state',
      'timestamp',
      'access_type',
      'scope',
    ],
    ['scope_org', 'person_filter'],
  );
  const scopeOrg = p.scope_org ?? '';
  if (p.response_type !== 'code') throw new EsiaError('007012');
  if (p.access_type !== 'online') throw new EsiaError('007003');
  checkTimestamp(p.timestamp, now);
  client.checkScopes(p.scope, scopeOrg);
  client.checkSecret(
    [p.client_id, p.scope, scopeOrg, p.timestamp, p.state, p.redirect_uri],
    p.client_secret,
    p.client_certificate_hash,
  );
  return {
    clientId: p.client_id,
    scope: p.scope,
    organizationScope: scopeOrg,
    redirectUri: p.redirect_uri,
    state: p.state,
    confirmedOnly: p.person_filter === 'conf_acc',
  };
}

function refusal(redirectUri: string, state: unknown, error: EsiaError): string {
  const back = new URL(redirectUri);
  back.searchParams.set('error', error.oauthError);
  back.searchParams.set('error_description', error.message);
  if (typeof state === 'string') back.searchParams.set('state', state);
  return back.href;
}

const requestId = (source: unknown): string => {
  const { request } = (source ?? {}) as Record<string, unknown>;
  return typeof request === 'string' ? request : '';
};

const html = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);

const staleRequest = (reply: FastifyReply): FastifyReply =>
  html(reply, 400, renderError('Запрос устарел', 'Вернитесь на портал и начните вход заново.'));

function loginPage(id: string, directory: Directory, login = '', error = ''): string {
  const rows = directory.people.map((person) => {
    const logins = [
      person.contacts.find(({ type }) => type === 'MBT')?.value,
      person.contacts.find(({ type }) => type === 'EML')?.value,
      person.snils,
    ].filter((value) => value !== undefined);
    const name = `${person.lastName} ${person.firstName} ${person.middleName ?? ''}`.trim();
    return `<tr><td>${escapeHtml(name)}</td><td>${logins.map((value) => `<code>${escapeHtml(value)}</code>`).join('<br>')}</td>
<td><code>${escapeHtml(person.login.password)}</code></td><td>${Directory.levelOf(person)}</td></tr>`;
  });
  return renderPage(
    'Вход в Госуслуги',
    `${error ? `<p class="error" role="alert">${escapeHtml(error)}</p>` : ''}
<form method="post" action="/login">
<input type="hidden" name="request" value="${escapeHtml(id)}">
${textField('login', 'Телефон, почта или СНИЛС', login, 'autocomplete="username" required autofocus')}
<label for="password">Пароль</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Войти</button>
</form>
<h2>Кем можно войти</h2>
<table><thead><tr><th>Кто</th><th>Логин</th><th>Пароль</th><th>Учётная запись</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`,
    true,
  );
}

const SCOPE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^fullname$/, 'фамилия, имя, отчество'],
  [/^(birthdate|birthplace|gender)$/, 'дата и место рождения, пол'],
  [/^(snils|inn)$/, 'СНИЛС и ИНН'],
  [/^(email|mobile|contacts|addresses)$/, 'контакты и адреса'],
  [/^(id_doc|.*_doc)$/, 'документы'],
  [/^usr_org$/, 'организации, в которых вы работаете'],
  [/^kid_/, 'сведения о детях'],
];

function consentPage(id: string, { clientId, scope }: PendingAuthorization, { person }: SignOnSession): string {
  const names = scope.split(' ');
  const words = SCOPE_WORDS.filter(([pattern]) => names.some((name) => pattern.test(name))).map(([, word]) => word);
  return renderPage(
    'Разрешить доступ к данным?',
    `<p>${escapeHtml(person.firstName)}, система <strong>${escapeHtml(clientId)}</strong> просит доступ:</p>
<ul>${words.map((word) => `<li>${escapeHtml(word)}</li>`).join('')}</ul>
<form method="post" action="/consent">
<input type="hidden" name="request" value="${escapeHtml(id)}">
<button type="submit" name="answer" value="allow">Разрешить</button>
<button type="submit" name="answer" value="deny" class="secondary">Отказать</button>
</form>`,
  );
}
