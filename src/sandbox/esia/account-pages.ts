import { type FastifyInstance, type FastifyReply } from 'fastify';
import { type ClientSystem } from './client-system.js';
import { type Directory } from './directory.js';
import { escapeHtml, renderPage, textField } from './pages.js';
import { type EsiaPerson } from './person.js';
import { type SignOnSession, Sessions } from './sessions.js';

interface Parts {
  readonly client: ClientSystem;
  readonly directory: Directory;
  readonly sessions: Sessions;
  readonly now: () => Date;
}

const PATH = '/profile/user/personal';

/**
 * The person's own pages at ESIA: names, contacts, children. `return` in the address is the page of the portal to go back to.
 * A changed contact counts as confirmed at once; the real system sends a code first.
 */
export function accountRoutes(app: FastifyInstance, { client, directory, sessions, now }: Parts): void {
  app.get(PATH, (request, reply) => {
    const session = sessions.of(request.headers.cookie);
    const back = returnUrl(request.query, client);
    const { saved } = request.query as Record<string, string | undefined>;
    return html(reply, session ? profilePage(session, back, saved === '1') : signInPage(back));
  });

  app.post(`${PATH}/sign-in`, (request, reply) => {
    const { login = '', password = '' } = request.body as Record<string, string>;
    const back = returnUrl(request.body, client);
    const person = directory.byLogin(login);
    if (!person || person.login.password !== password)
      return html(reply.code(401), signInPage(back, 'Неверный логин или пароль.'));
    return reply.header('set-cookie', Sessions.cookie(sessions.open(person, now()))).redirect(address(back), 303);
  });

  app.post(PATH, (request, reply) => change(request.headers.cookie, request.body, reply, changePerson));
  app.post(`${PATH}/children`, (request, reply) => change(request.headers.cookie, request.body, reply, addChild));

  function change(
    cookie: string | undefined,
    body: unknown,
    reply: FastifyReply,
    apply: (person: EsiaPerson, form: Record<string, string>) => string | null,
  ): FastifyReply {
    const session = sessions.of(cookie);
    const back = returnUrl(body, client);
    if (!session) return reply.redirect(address(back), 303);
    const problem = apply(session.person, body as Record<string, string>);
    if (problem) return html(reply.code(422), profilePage(session, back, false, problem));
    session.person.updatedOn = Math.floor(now().getTime() / 1000);
    return reply.redirect(`${address(back)}${back ? '&' : '?'}saved=1`, 303);
  }
}

function changePerson(person: EsiaPerson, form: Record<string, string>): string | null {
  const [lastName, firstName, middleName] = [form.lastName, form.firstName, form.middleName].map(
    (value) => value?.trim() ?? '',
  );
  const mobile = (form.mobile ?? '').replace(/\D/g, '').slice(-10);
  const email = form.email?.trim() ?? '';
  if (!lastName || !firstName) return 'Укажите фамилию и имя.';
  if (!/^9\d{9}$/.test(mobile)) return 'Укажите номер мобильного телефона: 10 цифр после +7.';
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return 'Укажите адрес электронной почты.';
  Object.assign(person, { lastName, firstName, middleName: middleName || undefined });
  setContact(person, 'MBT', `+7(${mobile.slice(0, 3)})${mobile.slice(3)}`);
  setContact(person, 'EML', email);
  return null;
}

function setContact(person: EsiaPerson, type: 'MBT' | 'EML', value: string): void {
  const existing = person.contacts.find((contact) => contact.type === type);
  if (existing) Object.assign(existing, { value, vrfStu: 'VERIFIED' });
  else
    person.contacts.push({
      id: nextId(
        person.contacts.map(({ id }) => id),
        1,
      ),
      type,
      value,
      vrfStu: 'VERIFIED',
    });
}

function addChild(person: EsiaPerson, form: Record<string, string>): string | null {
  const value = (name: string) => form[name]?.trim() || undefined;
  const lastName = value('lastName');
  const firstName = value('firstName');
  const birthDate = dotted(value('birthDate'));
  const gender = form.gender === 'M' || form.gender === 'F' ? form.gender : undefined;
  const [series, number, issueDate] = [value('series'), value('number'), dotted(value('issueDate'))];
  if (!lastName || !firstName || !birthDate || !gender) return 'Укажите фамилию, имя, пол и дату рождения ребёнка.';
  if (!series || !number) return 'Укажите серию и номер свидетельства о рождении.';
  const oid = nextId(
    person.kids.map((kid) => kid.oid),
    person.oid * 10,
  );
  person.kids.push({
    oid,
    lastName,
    firstName,
    middleName: value('middleName'),
    birthDate,
    gender,
    snils: value('snils'),
    documents: [
      { id: oid, type: 'RF_BRTH_CERT', vrfStu: 'NOT_VERIFIED', series, number, issueDate, issuedBy: value('issuedBy') },
    ],
  });
  return null;
}

const nextId = (taken: readonly number[], least: number): number => Math.max(least, ...taken) + 1;

/** `2022-09-02` of a date field as `02.09.2022`. */
const dotted = (day: string | undefined): string | undefined =>
  day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day.split('-').reverse().join('.') : undefined;

/** Only pages of the registered system: the link must not lead elsewhere. */
function returnUrl(source: unknown, client: ClientSystem): string {
  const { return: url } = (source ?? {}) as Record<string, unknown>;
  return typeof url === 'string' && client.owns(url) ? url : '';
}

const address = (back: string): string => (back ? `${PATH}?return=${encodeURIComponent(back)}` : PATH);

const html = (reply: FastifyReply, page: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);

const hiddenReturn = (back: string): string => `<input type="hidden" name="return" value="${escapeHtml(back)}">`;

const signInPage = (back: string, error = ''): string =>
  renderPage(
    'Вход в Госуслуги',
    `${error ? `<p class="error" role="alert">${escapeHtml(error)}</p>` : ''}
<form method="post" action="${PATH}/sign-in">${hiddenReturn(back)}
${textField('login', 'Телефон, почта или СНИЛС', '', 'autocomplete="username" required')}
<label for="password">Пароль</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Войти</button></form>`,
  );

function profilePage({ person }: SignOnSession, back: string, saved: boolean, error = ''): string {
  const contact = (type: string) => person.contacts.find((candidate) => candidate.type === type)?.value ?? '';
  const kids = person.kids.map(
    ({ lastName, firstName, middleName = '', birthDate }) =>
      `<li>${escapeHtml(`${lastName} ${firstName} ${middleName}`.trim())}, ${escapeHtml(birthDate)}</li>`,
  );
  return renderPage(
    'Личные данные',
    `${saved ? '<p class="done" role="status">Данные сохранены.</p>' : ''}
${error ? `<p class="error" role="alert">${escapeHtml(error)}</p>` : ''}
${back ? `<p><a class="button secondary" href="${escapeHtml(back)}">Вернуться на портал</a></p>` : ''}
<form method="post" action="${PATH}">${hiddenReturn(back)}
${textField('lastName', 'Фамилия', person.lastName, 'required')}
${textField('firstName', 'Имя', person.firstName, 'required')}
${textField('middleName', 'Отчество (если есть)', person.middleName ?? '')}
${textField('mobile', 'Мобильный телефон', contact('MBT'), 'inputmode="tel" required')}
${textField('email', 'Электронная почта', contact('EML'), 'type="email" required')}
<button type="submit">Сохранить</button></form>
<h2>Дети</h2>
${kids.length > 0 ? `<ul>${kids.join('')}</ul>` : '<p>Сведений о детях нет.</p>'}
<form method="post" action="${PATH}/children">${hiddenReturn(back)}
<h2>Добавить ребёнка</h2>
<label for="kid-lastName">Фамилия</label><input id="kid-lastName" name="lastName" required>
<label for="kid-firstName">Имя</label><input id="kid-firstName" name="firstName" required>
<label for="kid-middleName">Отчество (если есть)</label><input id="kid-middleName" name="middleName">
${textField('birthDate', 'Дата рождения', '', 'type="date" required')}
<label for="gender">Пол</label><select id="gender" name="gender"><option value="F">женский</option><option value="M">мужской</option></select>
${textField('snils', 'СНИЛС (если есть)', '')}
${textField('series', 'Серия свидетельства о рождении', '', 'placeholder="IV-АК" required')}
${textField('number', 'Номер свидетельства о рождении', '', 'inputmode="numeric" required')}
${textField('issueDate', 'Дата выдачи', '', 'type="date"')}
${textField('issuedBy', 'Кем выдано', '')}
<button type="submit">Добавить ребёнка</button></form>`,
  );
}
