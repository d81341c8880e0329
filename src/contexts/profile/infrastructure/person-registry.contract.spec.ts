import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { InMemoryPersonRegistry, personFacts } from '../../../../test/support/profile.js';
import { testConfig } from '../../../../test/support/test-config.js';
import { issueClientCertificate } from '../../../sandbox/esia/client-certificate.js';
import { type EsiaSandbox, startEsiaSandbox } from '../../../sandbox/esia/server.js';
import { type PersonRegistry } from '../application/ports/person-registry.js';
import { EsiaAccessEnded, PersonRegistryUnavailable } from '../domain/person.errors.js';
import { EsiaApi, NotGranted } from './esia-api.js';
import { EsiaPersonRegistry } from './esia-person-registry.js';

const NEVSKAYA = 1000000001;
const LETNYAYA = 1000000003;
const KAMENNY = 1000000004;
const SCOPE =
  'openid fullname birthdate gender snils inn birthplace email mobile contacts addresses usr_org ' +
  'id_doc foreign_passport_doc drivers_licence_doc medical_doc military_doc ' +
  'kid_fullname kid_birthdate kid_gender kid_snils kid_inn kid_birth_cert_doc kid_medical_doc';

const esiaAt = (url: string) => new EsiaPersonRegistry(testConfig('postgres://unused', { ESIA_URL: url }));

let sandbox: EsiaSandbox;
beforeAll(async () => {
  const { certificatePem } = await issueClientCertificate('LKSPB01');
  const client = { id: 'LKSPB01', certificatePem, redirectUris: ['http://localhost:3000/auth/esia/callback'] };
  sandbox = await startEsiaSandbox({ port: 0, client });
});
afterAll(() => sandbox.close());
afterEach(() => fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' }));

const fail = (fault: object) =>
  fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
const readAtEsia = async (oid: number, scope = SCOPE, organizationScope?: string) =>
  esiaAt(sandbox.url).read({
    oid: String(oid),
    accessToken: await sandbox.accessTokenOf(oid, scope, organizationScope),
  });

interface Subject {
  readonly registry: PersonRegistry;
  readonly tokenOfLetnyaya: string;
  breakDown(): Promise<void>;
}

/** What every adapter of the port promises. */
describe.each<{ name: string; start: () => Promise<Subject> }>([
  {
    name: 'ESIA',
    start: async () => ({
      registry: esiaAt(sandbox.url),
      tokenOfLetnyaya: await sandbox.accessTokenOf(LETNYAYA, SCOPE),
      breakDown: async () => void (await fail({ at: 'rest', kind: 'unavailable', times: 100 })),
    }),
  },
  {
    name: 'the fake in memory',
    start: () => {
      const registry = new InMemoryPersonRegistry();
      registry.know(String(LETNYAYA), 'token', personFacts());
      return Promise.resolve({
        registry,
        tokenOfLetnyaya: 'token',
        breakDown: () => Promise.resolve(registry.breakDown()),
      });
    },
  },
])('a register of persons: $name', ({ start }) => {
  it('gives the person the token was issued for', async () => {
    const { registry, tokenOfLetnyaya } = await start();
    expect(await registry.read({ oid: String(LETNYAYA), accessToken: tokenOfLetnyaya })).toEqual(personFacts());
  });

  it('refuses a token it does not accept', async () => {
    const { registry } = await start();
    await expect(registry.read({ oid: String(LETNYAYA), accessToken: 'stale' })).rejects.toBeInstanceOf(
      EsiaAccessEnded,
    );
  });

  it('refuses the person of somebody else', async () => {
    const { registry, tokenOfLetnyaya } = await start();
    await expect(registry.read({ oid: String(NEVSKAYA), accessToken: tokenOfLetnyaya })).rejects.toBeInstanceOf(
      EsiaAccessEnded,
    );
  });

  it('says that it is down', async () => {
    const { registry, tokenOfLetnyaya, breakDown } = await start();
    await breakDown();
    await expect(registry.read({ oid: String(LETNYAYA), accessToken: tokenOfLetnyaya })).rejects.toBeInstanceOf(
      PersonRegistryUnavailable,
    );
  });
});

describe('reading ESIA', () => {
  it('gives contacts, addresses and children with their documents, normalised', async () => {
    const person = await readAtEsia(NEVSKAYA);
    expect(person).toMatchObject({
      birthDate: '1988-03-05',
      snils: '11223344595',
      inn: '781000001239',
      notGranted: [],
    });
    expect(person.contacts).toEqual([
      { kind: 'MOBILE', value: '+79210000006', confirmed: true },
      { kind: 'EMAIL', value: 'maria.nevskaya@example.ru', confirmed: true },
      { kind: 'HOME_PHONE', value: '+78120000001', confirmed: false },
    ]);
    expect(person.addresses[0]).toEqual({
      kind: 'REGISTRATION',
      line: '190000, г. Санкт-Петербург, Примерный проспект, д. 5, кв. 12',
    });
    expect(person.children).toEqual([
      {
        id: '1000000101',
        lastName: 'Невский',
        firstName: 'Пётр',
        middleName: 'Андреевич',
        birthDate: '2020-05-15',
        sex: 'M',
        snils: '90000000182',
        inn: '780000012366',
        oms: '7800000000123452',
        birthCertificate: {
          series: 'IV-АК',
          number: '000123',
          issueDate: '2020-05-25',
          issuedBy: 'Отдел ЗАГС Невского района (пример)',
        },
      },
      expect.objectContaining({ firstName: 'Анна', inn: null, oms: null }),
    ]);
  });

  it('gives the documents of the person and of the children, normalised', async () => {
    const { documents } = await readAtEsia(NEVSKAYA);
    const listed = documents?.map(({ type, esiaId, series, number }) => [type, esiaId, series, number].join(' '));
    expect(listed).toEqual([
      'SNILS SNILS  11223344595',
      'INN INN  781000001239',
      'RF_PASSPORT 4411 4008 123456',
      'RF_DRIVING_LICENSE 4412 9900 000001',
      'MDCL_PLCY 4413  7800000000000015',
      'FRGN_PASS 4414 75 0000001',
      'SNILS 1000000101/SNILS  90000000182',
      'INN 1000000101/INN  780000012366',
      'RF_BRTH_CERT 1000000101/5101 IV-АК 000123',
      'MDCL_PLCY 1000000101/5102  7800000000123452',
      'SNILS 1000000102/SNILS  92801571000',
      'RF_BRTH_CERT 1000000102/5201 V-МЮ 654321',
    ]);
    expect(documents?.[2]).toEqual({
      esiaId: '4411',
      type: 'RF_PASSPORT',
      childId: null,
      verified: true,
      series: '4008',
      number: '123456',
      issueDate: '2008-03-20',
      issuedBy: 'ТП № 1 ОУФМС по Санкт-Петербургу',
      departmentCode: '780001',
      expiryDate: null,
      birthPlace: 'гор. Ленинград',
      lastNameLat: null,
      firstNameLat: null,
      actNumber: null,
      actDate: null,
    });
    expect(documents?.[5]).toMatchObject({ expiryDate: '2032-03-01', lastNameLat: 'NEVSKAIA', firstNameLat: 'MARIIA' });
    expect(documents?.[8]).toMatchObject({ childId: '1000000101', actNumber: '1234', actDate: '2020-05-25' });
  });

  it('says what ESIA has not checked', async () => {
    const { documents } = await readAtEsia(KAMENNY);
    expect(documents?.filter(({ verified }) => !verified).map(({ type }) => type)).toEqual(['FRGN_PASS']);
  });

  it('gives the organisations of the person, with ИНН and КПП where their scopes were granted', async () => {
    const organization = { id: '1000000901', shortName: 'ООО «Образец»', ogrn: '1007800001230', chief: true };
    expect((await readAtEsia(KAMENNY)).organizations).toEqual([
      expect.objectContaining({ ...organization, inn: null, kpp: null }),
    ]);
    const granted = await readAtEsia(KAMENNY, SCOPE, 'org_inn org_kpp');
    expect(granted.organizations).toEqual([
      expect.objectContaining({ ...organization, inn: '7800000122', kpp: '780001001' }),
    ]);
  });

  it('names the sections the citizen did not grant', async () => {
    const person = await readAtEsia(NEVSKAYA, 'openid fullname');
    expect(person).toMatchObject({ lastName: 'Невская', birthDate: null, contacts: [], children: [] });
    expect(person.notGranted).toEqual(['contacts', 'addresses', 'children', 'organizations', 'documents']);
  });

  it('gives children without documents when only those were not granted', async () => {
    const person = await readAtEsia(
      NEVSKAYA,
      'openid fullname contacts kid_fullname kid_birthdate kid_gender kid_snils usr_org medical_doc',
    );
    expect(person.notGranted).toEqual(['childDocuments']);
    expect(person.documents?.map(({ type, childId }) => `${type} ${childId}`)).toEqual([
      'MDCL_PLCY null',
      'SNILS 1000000101',
      'SNILS 1000000102',
    ]);
    expect(person.children[0]).toMatchObject({ firstName: 'Пётр', oms: null, birthCertificate: null });
  });

  it.each(['unavailable', 'html-page', 'reset'])('outlives one failure (%s)', async (kind) => {
    await fail({ at: 'rest', kind, times: 1 });
    expect(await readAtEsia(LETNYAYA)).toEqual(personFacts());
  });
});

describe('ESIA that answers in its own way', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const json =
    (body: Record<string, unknown>): RequestListener =>
    (request, response) => {
      const found = body[request.url?.split('?')[0] ?? ''];
      response
        .writeHead(found === undefined ? 403 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(found ?? {}));
    };
  const read = () => esiaAt(url).read({ oid: '7', accessToken: 'token' });

  it('is followed where it lists addresses instead of objects', async () => {
    answer = json({
      '/rs/prns/7': {
        firstName: 'Ольга',
        lastName: 'Летняя',
        contacts: { size: 1, elements: [`${url}/rs/prns/7/ctts/1`] },
      },
      '/rs/prns/7/ctts': { size: 1, elements: [`${url}/rs/prns/7/ctts/1`] },
      '/rs/prns/7/ctts/1': { type: 'EML', value: 'olga@example.ru', vrfStu: 'VERIFIED' },
      '/rs/prns/7/addrs': [],
      '/rs/prns/7/kids': { stateFacts: ['hasSize'], size: 0 },
    });
    const person = await read();
    expect(person.contacts).toEqual([{ kind: 'EMAIL', value: 'olga@example.ru', confirmed: true }]);
    expect(person.notGranted).toEqual(['organizations', 'documents']);
  });

  it('is not followed to another host, which would get the token', async () => {
    let asked = false;
    const stranger = createServer((_, response) => {
      asked = true;
      response.end();
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/rs/prns/7/ctts/1`;
    answer = json({
      '/rs/prns/7': { firstName: 'Ольга', lastName: 'Летняя' },
      '/rs/prns/7/ctts': { size: 1, elements: [address] },
    });
    await expect(read()).rejects.toBeInstanceOf(PersonRegistryUnavailable);
    stranger.close();
    expect(asked).toBe(false);
  });

  it('adds house and flat to an address that ends with the street', async () => {
    const address = {
      type: 'PLV',
      addressStr: 'г. Санкт-Петербург, ул. Образцовая',
      zipCode: '190001',
      house: '7',
      frame: '2',
      flat: '30',
    };
    answer = json({
      '/rs/prns/7': { firstName: 'Ольга', lastName: 'Летняя', addresses: { size: 1, elements: [address] } },
    });
    expect((await read()).addresses).toEqual([
      { kind: 'RESIDENCE', line: '190001, г. Санкт-Петербург, ул. Образцовая, д. 7, корп. 2, кв. 30' },
    ]);
  });

  it('is unavailable when it answers 200 with a page', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Ошибка</h1>');
    await expect(read()).rejects.toBeInstanceOf(PersonRegistryUnavailable);
  });

  it('is unavailable when it does not answer in time, and is left alone for a while', async () => {
    let asked = 0;
    answer = ({ url: path }) => {
      if (path === '/rs/prns/silent') asked += 1;
    };
    const api = new EsiaApi(url, { attemptMs: 50, retries: 1, failuresToOpen: 2, openMs: 60_000 });
    await expect(api.get('/rs/prns/silent', 'token')).rejects.toBeInstanceOf(PersonRegistryUnavailable);
    expect(asked).toBe(2);
    await expect(api.get('/rs/prns/silent', 'token')).rejects.toBeInstanceOf(PersonRegistryUnavailable);
    expect(asked).toBe(2);
  });

  it('may refuse for ever without being taken for dead', async () => {
    answer = json({});
    const api = new EsiaApi(url, { attemptMs: 1_000, retries: 1, failuresToOpen: 1, openMs: 60_000 });
    for (let request = 0; request < 3; request += 1)
      await expect(api.get('/rs/prns/7', 'token')).rejects.toBeInstanceOf(NotGranted);
  });
});
