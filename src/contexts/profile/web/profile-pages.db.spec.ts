import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PortalVisitor } from '../../../../test/support/portal-visitor.js';
import { InMemoryPersonRegistry, personFacts } from '../../../../test/support/profile.js';
import { testApp, type TestApp } from '../../../../test/support/test-app.js';
import { type EsiaAccess, EsiaAccessQuery, SignedIn } from '../../identity/public.js';
import { PersonRegistry } from '../application/ports/person-registry.js';
import { VehiclesQuery } from '../application/vehicles.query.js';
import { type PersonChild } from '../domain/person-facts.js';
import { PersonRegistryUnavailable } from '../domain/person.errors.js';
import { ProfileModule, profileMappings } from '../profile.module.js';
import { Reactions } from '../../../platform/outbox/reactions.js';

const OID = '1000000003';
const CHILD: PersonChild = {
  ...{ id: '11', lastName: 'Летний', firstName: 'Пётр', middleName: null, birthDate: '2020-05-15', sex: 'M' },
  ...{ snils: '90000000182', inn: '780000012366', oms: '7800000000123452' },
  birthCertificate: { series: 'IV-АК', number: '000123', issueDate: '2020-05-25', issuedBy: 'Отдел ЗАГС' },
};
const ORGANIZATION = { id: '21', fullName: 'Общество «Образец»', shortName: null, ogrn: '1007800001230', inn: null, kpp: null, chief: true };

/** The session `live` of whoever is signed in may read ESIA; every other has ended. */
let accountOfSession = '';
@QueryHandler(EsiaAccessQuery)
class LiveSession implements IQueryHandler<EsiaAccessQuery> {
  execute({ sessionId }: EsiaAccessQuery): Promise<EsiaAccess | null> {
    return Promise.resolve(sessionId === 'live' ? { accountId: accountOfSession, oid: OID, accessToken: 'token' } : null);
  }
}

/** ESIA that can be switched off, and counts how often it was read. */
class SwitchedRegistry extends PersonRegistry {
  up = true;
  reads = 0;
  known = new InMemoryPersonRegistry();

  read(access: { oid: string; accessToken: string }) {
    this.reads += 1;
    return this.up ? this.known.read(access) : Promise.reject(new PersonRegistryUnavailable());
  }
}

const registry = new SwitchedRegistry();
let app: TestApp;
let visitor: PortalVisitor;

beforeAll(async () => {
  app = await testApp({
    modules: [ProfileModule],
    mappings: profileMappings,
    providers: [LiveSession],
    override: [{ port: PersonRegistry, with: registry }],
    environment: { ESIA_URL: 'http://esia.example.ru', PUBLIC_URL: 'http://lk.example.ru' },
  });
});
afterAll(() => app.close());

beforeEach(() => {
  accountOfSession = randomUUID();
  app.principals.citizen = { accountId: accountOfSession, sessionId: 'live', level: 'SIMPLIFIED', displayName: 'Ольга Л.', oid: OID };
  registry.up = true;
  registry.reads = 0;
  registry.known.know(OID, 'token', personFacts({ children: [CHILD] }));
  visitor = new PortalVisitor(app.nest);
});

const endSession = () => {
  app.principals.citizen = { ...app.principals.citizen!, sessionId: 'ended' };
};

describe('the page of personal data', () => {
  it('is closed to those who have not signed in', async () => {
    app.principals.citizen = null;
    expect(await visitor.open('/profile')).toMatchObject({ status: 303, location: '/auth/esia?return=%2Fprofile' });
  });

  it('reads ESIA when it is opened for the first time, and only then', async () => {
    const first = await visitor.open('/profile');
    expect(first.status).toBe(200);
    expect(first.text).toContain('Летняя Ольга');
    expect(first.text).toContain('21 января 2001 г.');
    expect(first.text).toContain('+7 921 000-00-22');
    expect(first.text).toContain('Обновлены 22 ноября 2026 г., 12:00 (МСК)');
    await visitor.open('/profile');
    expect(registry.reads).toBe(1);
  });

  it('shows everything seed 000 asks of a child', async () => {
    const { text } = await visitor.open('/profile');
    for (const words of ['Летний Пётр', 'Мужской', '15 мая 2020 г.', 'IV-АК № 000123', '25 мая 2020 г.', '900-000-001 82', '780000012366', '7800000000123452']) {
      expect(text).toContain(words);
    }
  });

  it('says what to do when ESIA knows no children', async () => {
    registry.known.know(OID, 'token', personFacts({ children: [] }));
    expect((await visitor.open('/profile')).text).toContain('На Госуслугах дети не указаны');
  });

  it('says what was not granted instead of calling it empty', async () => {
    registry.known.know(OID, 'token', personFacts({ contacts: [], notGranted: ['contacts', 'children'] }));
    const { text } = await visitor.open('/profile');
    expect(text).toContain('Вы не разрешили порталу получать контакты с Госуслуг');
    expect(text).toContain('Вы не разрешили порталу получать сведения о детях с Госуслуг');
    expect(text).toContain('На Госуслугах адреса не указаны');
  });

  it('sends the citizen to ESIA to edit, with the way back', async () => {
    const { html } = await visitor.open('/profile');
    const [, address] = /<a class="btn btn-primary" href="([^"]+)">[^]*?Редактировать профиль/.exec(html) ?? [];
    expect(address?.replaceAll('&#x3D;', '=')).toBe('http://esia.example.ru/profile/user/personal?return=http%3A%2F%2Flk.example.ru%2Fprofile%2Freturn');
  });

  it('shows what was changed at ESIA after the return', async () => {
    await visitor.open('/profile');
    registry.known.know(OID, 'token', personFacts({ lastName: 'Осенняя' }));
    expect(await visitor.open('/profile/return')).toMatchObject({ status: 303, location: '/profile' });
    expect((await visitor.open('/profile')).text).toContain('Осенняя Ольга');
  });

  it('is refreshed on demand', async () => {
    await visitor.open('/profile');
    registry.known.know(OID, 'token', personFacts({ lastName: 'Осенняя' }));
    expect(await visitor.send('/profile/refresh')).toMatchObject({ status: 303, location: '/profile' });
    const { text } = await visitor.open('/profile');
    expect(text).toContain('Осенняя Ольга');
    expect(text).toContain('Сведения обновлены из Госуслуг');
  });

  it('shows the last reading with its time while ESIA is down', async () => {
    await visitor.open('/profile');
    registry.up = false;
    const { status, text } = await visitor.send('/profile/refresh');
    expect(status).toBe(503);
    expect(text).toContain('Госуслуги сейчас не отвечают');
    expect(text).toContain('Летняя Ольга');
    expect(text).toContain('Обновлены 22 ноября 2026 г., 12:00 (МСК)');
  });

  it('opens even when ESIA has never answered', async () => {
    registry.up = false;
    const { status, text } = await visitor.open('/profile');
    expect(status).toBe(503);
    expect(text).toContain('Портал ещё не получил ваши сведения с Госуслуг');
    expect(text).toContain('Добавить сведения о транспортном средстве');
  });

  it('asks to sign in again when the right to read ESIA has ended', async () => {
    await visitor.open('/profile');
    endSession();
    const { text, html } = await visitor.send('/profile/refresh');
    expect(text).toContain('Войдите ещё раз, чтобы обновить сведения');
    expect(html).toContain('href="/auth/esia?return=/profile/return"');
    expect(text).toContain('Летняя Ольга');
  });

  it('is filled by the sign-in itself', async () => {
    const signedIn = { id: randomUUID(), type: SignedIn.type, occurredAt: app.clock.now().toISOString() };
    const payload = { accountId: accountOfSession, sessionId: 'live', firstTime: true };
    await app.get(Reactions).run('RefreshProfileOnSignedIn.identity.signed-in.v1', { ...signedIn, payload });
    await app.get(Reactions).run('RefreshProfileOnSignedIn.identity.signed-in.v1', { ...signedIn, payload });
    expect(registry.reads).toBe(1);
    registry.up = false;
    expect((await visitor.open('/profile')).text).toContain('Летняя Ольга');
  });
});

describe('the pages of vehicles', () => {
  const TYPED = { make: 'LADA Vesta', plateType: '1', grz: 'a 123 bc 178', sts: '78 12 345678' };
  const vehicles = () => app.ask(new VehiclesQuery(accountOfSession));
  const add = async (fields: Partial<typeof TYPED> = {}) => {
    await visitor.open('/profile/vehicles/new');
    return visitor.send('/profile/vehicles', { ...TYPED, ...fields });
  };
  const addOne = async () => {
    await add();
    return (await vehicles())[0]!;
  };

  it('take a vehicle typed in any shape', async () => {
    expect(await add()).toMatchObject({ status: 303, location: '/profile' });
    expect(await vehicles()).toMatchObject([{ make: 'LADA Vesta', grz: 'А123ВС178', sts: '7812345678' }]);
    const { text, html } = await visitor.open('/profile');
    expect(text).toContain('Транспортное средство добавлено');
    expect(text).toContain('А123ВС 178');
    expect(html).toContain('data-copy="А123ВС178"');
  });

  it('read the plate by the type the citizen chose', async () => {
    expect(await add({ plateType: '2', grz: 'АВ1234 78' })).toMatchObject({ status: 303 });
    expect(await add({ plateType: '4', grz: 'АВ1234 78', sts: '7812345679' })).toMatchObject({ status: 422 });
  });

  it('keep what was typed and say what is wrong at each field', async () => {
    const { status, html, text } = await add({ make: '', grz: 'Ж123ВС78', sts: '78123' });
    expect(status).toBe(422);
    expect(text).toContain('Введите марку транспортного средства');
    expect(text).toContain('Проверьте знак: буквы только');
    expect(text).toContain('должно быть 10 знаков');
    expect(html).toContain('value="Ж123ВС78"');
    expect(html).toContain('href="#sts"');
    expect(await vehicles()).toEqual([]);
  });

  it.each([
    ['make[]', { 'make[]': 'x' }],
    ['plateType', { plateType: '99' }],
    ['sts[a]', { 'sts[a]': 'x' }],
  ])('refuse a form that was tampered with (%s)', async (_, fields) => {
    await visitor.open('/profile/vehicles/new');
    const { make, plateType, grz } = TYPED;
    expect((await visitor.send('/profile/vehicles', { make, plateType, grz, ...fields })).status).toBe(422);
  });

  it('refuse a certificate that is there already, at its field', async () => {
    await add();
    const { status, text, html } = await add({ make: 'LADA Granta' });
    expect(status).toBe(409);
    expect(text).toContain('Транспортное средство с этим свидетельством уже добавлено');
    expect(html).toContain('id="sts-error"');
    expect(html).toContain('value="LADA Granta"');
  });

  it('correct a vehicle', async () => {
    const { id, version } = await addOne();
    expect((await visitor.open(`/profile/vehicles/${id}`)).html).toContain('value="7812345678"');
    const corrected = { ...TYPED, make: 'LADA Granta', version: String(version) };
    expect(await visitor.send(`/profile/vehicles/${id}`, corrected)).toMatchObject({ status: 303, location: '/profile' });
    expect(await vehicles()).toMatchObject([{ make: 'LADA Granta' }]);
  });

  it('show both versions to a form that is out of date, and take it when it is sent again', async () => {
    const { id, version } = await addOne();
    await visitor.send(`/profile/vehicles/${id}`, { ...TYPED, make: 'LADA Granta', version: String(version) });
    const stale = await visitor.send(`/profile/vehicles/${id}`, { ...TYPED, make: 'LADA Niva', version: String(version) });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('LADA Granta');
    expect(stale.html).toContain('value="LADA Niva"');
    const [, current = ''] = /name="version" value="(\d+)"/.exec(stale.html) ?? [];
    expect(await visitor.send(`/profile/vehicles/${id}`, { ...TYPED, make: 'LADA Niva', version: current })).toMatchObject({ status: 303 });
    expect(await vehicles()).toMatchObject([{ make: 'LADA Niva' }]);
  });

  it('remove a vehicle after a question and put it back', async () => {
    const { id } = await addOne();
    expect((await visitor.open(`/profile/vehicles/${id}/remove`)).text).toContain('История штрафов и платежей останется');
    const removed = await visitor.send(`/profile/vehicles/${id}/remove`);
    expect(removed).toMatchObject({ status: 303, location: `/profile/vehicles/${id}/removed` });
    expect((await visitor.open(`/profile/vehicles/${id}/removed`)).text).toContain('Вернуть транспортное средство');
    expect(await vehicles()).toEqual([]);
    expect(await visitor.send(`/profile/vehicles/${id}/restore`)).toMatchObject({ status: 303, location: '/profile' });
    expect(await vehicles()).toHaveLength(1);
  });

  it('explain why a vehicle that was typed in again cannot be put back', async () => {
    const { id } = await addOne();
    await visitor.send(`/profile/vehicles/${id}/remove`);
    await add();
    const refused = await visitor.send(`/profile/vehicles/${id}/restore`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('вы уже добавили заново');
  });

  it('answer 404 about somebody else’s, removed or impossible vehicles', async () => {
    const { id } = await addOne();
    await visitor.send(`/profile/vehicles/${id}/remove`);
    expect((await visitor.open(`/profile/vehicles/${id}`)).status).toBe(404);
    await visitor.send(`/profile/vehicles/${id}/restore`);
    app.principals.citizen = { ...app.principals.citizen!, accountId: randomUUID() };
    for (const page of ['', '/remove', '/removed']) expect((await visitor.open(`/profile/vehicles/${id}${page}`)).status).toBe(404);
    for (const act of ['', '/remove', '/restore']) {
      expect((await visitor.send(`/profile/vehicles/${id}${act}`, { ...TYPED, version: '1' })).status).toBe(404);
    }
    expect((await visitor.open('/profile/vehicles/nonsense')).status).toBe(404);
    expect(await vehicles()).toHaveLength(1);
  });
});

describe('the page of organisations', () => {
  it('lists the organisations whose directory holds the citizen', async () => {
    registry.known.know(OID, 'token', personFacts({ organizations: [ORGANIZATION] }));
    const { text } = await visitor.open('/organizations');
    expect(text).toContain('1 организация');
    expect(text).toContain('Общество «Образец»');
    expect(text).toContain('1007800001230');
    expect(text).toContain('Руководитель');
  });

  it('says what to do when there are none', async () => {
    const { text } = await visitor.open('/organizations');
    expect(text).toContain('Организаций пока нет');
    expect(text).toContain('подтвердите свою учётную запись');
    app.principals.citizen = { ...app.principals.citizen!, level: 'CONFIRMED' };
    expect((await visitor.open('/organizations')).text).not.toContain('подтвердите свою учётную запись');
  });

  it('is refreshed on demand', async () => {
    await visitor.open('/organizations');
    registry.known.know(OID, 'token', personFacts({ organizations: [ORGANIZATION] }));
    expect(await visitor.send('/organizations/refresh')).toMatchObject({ status: 303, location: '/organizations' });
    expect((await visitor.open('/organizations')).text).toContain('Общество «Образец»');
    registry.up = false;
    const down = await visitor.send('/organizations/refresh');
    expect(down.status).toBe(503);
    expect(down.text).toContain('Общество «Образец»');
  });
});
