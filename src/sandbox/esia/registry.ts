import { createHash } from 'node:crypto';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Directory } from './directory.js';
import { type Faults, playTransportFault } from './faults.js';
import { type EsiaDocument, type EsiaKid, type EsiaOrganization, type EsiaPerson } from './person.js';
import { type TokenIssuer } from './tokens.js';

interface Parts {
  readonly directory: Directory;
  readonly tokens: TokenIssuer;
  readonly faults: Faults;
}

/** What the bearer may read: his own card, within the scopes of the token. */
interface Reader {
  readonly person: EsiaPerson;
  /** Names without the suffix, `org_*` with it. */
  readonly scope: ReadonlySet<string>;
}

interface Entity {
  readonly id: number;
  readonly body: object;
}

/** A sub-resource the token gives no right to: 403. */
class ScopeMissing extends Error {}
class Unknown extends Error {}

const DOCUMENT_SCOPES: Readonly<Record<string, string>> = {
  RF_PASSPORT: 'id_doc',
  FID_DOC: 'id_doc',
  FRGN_PASS: 'foreign_passport_doc',
  RF_DRIVING_LICENSE: 'drivers_licence_doc',
  MDCL_PLCY: 'medical_doc',
  MLTR_ID: 'military_doc',
  RF_BRTH_CERT: 'birth_cert_doc',
};

/** `/rs/prns/{oid}` and its collections, `/rs/orgs/{oid}`. */
export function registryRoutes(app: FastifyInstance, { directory, tokens, faults }: Parts): void {
  type Handler = (reader: Reader, request: FastifyRequest, base: string) => object;
  interface Path {
    readonly oid: string;
    readonly kid: string;
    readonly id: string;
  }
  const pathOf = (request: FastifyRequest): Path => request.params as Path;

  const route = (path: string, handler: Handler): void => {
    app.get(path, async (request, reply) => {
      if (playTransportFault(faults.take('rest'), reply)) return reply;
      const reader = await readerOf(request);
      if (!reader) return problem(reply, 401, 'invalid_token');
      try {
        return handler(reader, request, `${request.protocol}://${request.host}${request.url.split('?')[0]}`);
      } catch (error) {
        if (error instanceof ScopeMissing) return problem(reply, 403, 'insufficient_scope');
        if (error instanceof Unknown) return problem(reply, 404, 'not_found');
        throw error;
      }
    });
  };
  const own = (path: string, handler: Handler): void =>
    route(path, (reader, request, base) => {
      if (pathOf(request).oid !== String(reader.person.oid)) throw new ScopeMissing();
      return handler(reader, request, base);
    });

  async function readerOf(request: FastifyRequest): Promise<Reader | null> {
    const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer') return null;
    try {
      const claims = await tokens.readAccessToken(token);
      const person = directory.person(claims.oid);
      return person ? { person, scope: new Set(claims.scope.map((name) => name.replace(/\?oid=.*$/, ''))) } : null;
    } catch {
      return null;
    }
  }

  own('/rs/prns/:oid', (reader, request, base) => personBody(reader, embedded(request), base));
  for (const [name, read] of Object.entries(COLLECTIONS)) {
    own(`/rs/prns/:oid/${name}`, (reader, request, base) =>
      collection(read(reader), embedded(request).has('elements'), base),
    );
    own(`/rs/prns/:oid/${name}/:id`, (reader, request) => {
      const found = read(reader).find(({ id }) => String(id) === pathOf(request).id);
      if (!found) throw new Unknown();
      return found.body;
    });
  }
  own('/rs/prns/:oid/kids/:kid/docs', (reader, request, base) => {
    const kid = kidOf(reader, pathOf(request).kid);
    return collection(kidDocuments(reader, kid), embedded(request).has('elements'), base);
  });
  own('/rs/prns/:oid/kids/:kid/docs/:id', (reader, request) => {
    const kid = kidOf(reader, pathOf(request).kid);
    const found = kidDocuments(reader, kid).find(({ id }) => String(id) === pathOf(request).id);
    if (!found) throw new Unknown();
    return found.body;
  });
  own('/rs/prns/:oid/roles', (reader) => {
    need(reader, 'usr_org');
    const elements = reader.person.roles.flatMap((role) => {
      const organization = directory.organizations.find(({ oid }) => oid === role.oid);
      return organization ? [{ id: role.oid, body: roleBody(reader.person, role, organization) }] : [];
    });
    return collection(elements, true, '');
  });
  route('/rs/orgs/:oid', (reader, request) => {
    const organization = directory.organizations.find(({ oid }) => String(oid) === pathOf(request).oid);
    if (!organization) throw new Unknown();
    return organizationBody(reader, organization);
  });
}

const COLLECTIONS: Readonly<Record<string, (reader: Reader) => readonly Entity[]>> = {
  ctts: (reader) => {
    need(reader, 'contacts', 'email', 'mobile');
    const open = (type: string) =>
      reader.scope.has('contacts') ||
      reader.scope.has({ MBT: 'mobile', EML: 'email', CEM: 'email' }[type] ?? 'contacts');
    return reader.person.contacts.filter(({ type }) => open(type)).map((contact) => entity(contact.id, { ...contact }));
  },
  addrs: (reader) => {
    need(reader, 'addresses', 'contacts');
    return reader.person.addresses.map((address) => entity(address.id, { ...address }));
  },
  docs: (reader) => {
    need(reader, ...Object.values(DOCUMENT_SCOPES));
    return reader.person.documents
      .filter(({ type }) => reader.scope.has(DOCUMENT_SCOPES[type] ?? ''))
      .map((document) => documentEntity(document));
  },
  kids: (reader) => {
    if (![...reader.scope].some((name) => name.startsWith('kid_'))) throw new ScopeMissing();
    return reader.person.kids.map((kid) => {
      const fields = pick(kid, reader.scope, {
        kid_fullname: ['lastName', 'firstName', 'middleName'],
        kid_birthdate: ['birthDate'],
        kid_gender: ['gender'],
        kid_snils: ['snils'],
        kid_inn: ['inn'],
      });
      return entity(kid.oid, { id: kid.oid, oid: kid.oid, ...fields });
    });
  },
};

function personBody(reader: Reader, embed: ReadonlySet<string>, base: string): object {
  const { person, scope } = reader;
  const body: Record<string, unknown> = {
    ...pick(person, scope, {
      fullname: ['firstName', 'lastName', 'middleName'],
      birthdate: ['birthDate'],
      birthplace: ['birthPlace'],
      gender: ['gender'],
      citizenship: ['citizenship'],
      snils: ['snils'],
      inn: ['inn'],
      id_doc: ['rIdDoc'],
    }),
    trusted: person.trusted,
    updatedOn: person.updatedOn,
    status: 'REGISTERED',
    verifying: false,
    containsUpCfmCode: false,
  };
  for (const [embedName, path] of [
    ['contacts', 'ctts'],
    ['addresses', 'addrs'],
    ['documents', 'docs'],
    ['kids', 'kids'],
  ] as const) {
    if (!embed.has(`${embedName}.elements`)) continue;
    try {
      body[embedName] = collection(COLLECTIONS[path]?.(reader) ?? [], true, `${base}/${path}`);
    } catch (error) {
      if (!(error instanceof ScopeMissing)) throw error; // what no scope covers is simply missing in an embedded answer
    }
  }
  return entity(person.oid, body).body;
}

const roleBody = (person: EsiaPerson, role: EsiaPerson['roles'][number], organization: EsiaOrganization): object => ({
  oid: organization.oid,
  prnOid: person.oid,
  fullName: organization.fullName,
  shortName: organization.shortName,
  ogrn: organization.ogrn,
  type: organization.type,
  chief: role.chief,
  admin: role.admin,
  active: true,
  email: organization.email,
  phone: organization.phone,
  hasRightOfSubstitution: false,
  hasApprovalTabAccess: false,
  isLiquidated: false,
});

/** Organisation scopes carry the organisation they were given for: `org_inn?org_oid=1000000901`. */
function organizationBody({ scope }: Reader, organization: EsiaOrganization): object {
  const suffix = `?org_oid=${organization.oid}`;
  const names = new Set(
    [...scope].filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length)),
  );
  if (names.size === 0) throw new ScopeMissing();
  const fields = pick(organization, names, {
    org_fullname: ['fullName'],
    org_shortname: ['shortName'],
    org_type: ['type'],
    org_ogrn: ['ogrn'],
    org_inn: ['inn'],
    org_kpp: ['kpp'],
    org_leg: ['leg'],
    org_ctts: ['email', 'phone'],
  });
  return entity(organization.oid, {
    oid: organization.oid,
    ...fields,
    staffCount: organization.staffCount,
    isLiquidated: false,
  }).body;
}

const KID_DOCUMENT_SCOPES: Readonly<Record<string, string>> = {
  MDCL_PLCY: 'kid_medical_doc',
  RF_BRTH_CERT: 'kid_birth_cert_doc',
};

function kidDocuments(reader: Reader, kid: EsiaKid): readonly Entity[] {
  need(reader, ...Object.values(KID_DOCUMENT_SCOPES));
  return kid.documents
    .filter(({ type }) => reader.scope.has(KID_DOCUMENT_SCOPES[type] ?? ''))
    .map((document) => documentEntity(document));
}

function kidOf({ person }: Reader, oid: string): EsiaKid {
  const kid = person.kids.find((candidate) => String(candidate.oid) === oid);
  if (!kid) throw new Unknown();
  return kid;
}

function need({ scope }: Reader, ...anyOf: readonly string[]): void {
  if (!anyOf.some((name) => scope.has(name))) throw new ScopeMissing();
}

function pick<T extends object>(
  source: T,
  scope: ReadonlySet<string>,
  fields: Readonly<Record<string, readonly (keyof T)[]>>,
): Partial<T> {
  const allowed = Object.entries(fields).flatMap(([name, keys]) => (scope.has(name) ? keys : []));
  return Object.fromEntries(
    allowed.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]),
  ) as Partial<T>;
}

const documentEntity = (document: EsiaDocument): Entity => entity(document.id, { ...document });

const entity = (id: number, body: object): Entity => ({
  id,
  body: { stateFacts: ['EntityRoot'], eTag: tag(body), ...body },
});

/** Without `embed=(elements)` a collection is a list of addresses, with it a list of objects. */
function collection(entities: readonly Entity[], embed: boolean, base: string): object {
  const elements = entities.map(({ id, body }) => (embed ? body : `${base}/${id}`));
  return { stateFacts: ['hasSize'], size: elements.length, eTag: tag(entities), elements };
}

const tag = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8).toUpperCase();

/** `embed=(contacts.elements,kids.elements)` as a set. */
function embedded(request: FastifyRequest): ReadonlySet<string> {
  const { embed } = request.query as Record<string, unknown>;
  return new Set(typeof embed === 'string' ? embed.replace(/^\(|\)$/g, '').split(',') : []);
}

const problem = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  reply.code(status).send({ error });
