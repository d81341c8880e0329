import { randomUUID } from 'node:crypto';
import { type EntityManager } from '@mikro-orm/postgresql';
import { describedVehicle, personFacts } from '../../../../test/support/profile.js';
import { testApp, type TestApp } from '../../../../test/support/test-app.js';
import { AddVehicle } from '../application/add-vehicle.js';
import { ApplicantQuery } from '../application/applicant.query.js';
import { ContactsQuery } from '../application/contacts.query.js';
import { EsiaDocumentsQuery } from '../application/esia-documents.query.js';
import { EditVehicle } from '../application/edit-vehicle.js';
import { ProfileQuery } from '../application/profile.query.js';
import { RemoveVehicle } from '../application/remove-vehicle.js';
import { RestoreVehicle } from '../application/restore-vehicle.js';
import { VehicleDocumentsQuery } from '../application/vehicle-documents.query.js';
import { VehicleQuery, VehiclesQuery } from '../application/vehicles.query.js';
import { type PersonChild, type PersonFacts } from '../domain/person-facts.js';
import { AlreadyRefreshed } from '../domain/person.errors.js';
import { PersonRepository } from '../domain/person.repository.js';
import { Person } from '../domain/person.js';
import { VehicleAlreadyAdded, VehicleChangedMeanwhile, VehicleNotFound } from '../domain/vehicle.errors.js';
import { VehicleRepository } from '../domain/vehicle.repository.js';
import { RESTORABLE_DAYS, Vehicle } from '../domain/vehicle.js';
import { ProfileModule, profileMappings } from '../profile.module.js';
import { ForgetRemovedVehicles } from './forget-removed-vehicles.job.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ modules: [ProfileModule], mappings: profileMappings });
});
afterAll(() => app.close());

let account: string;
beforeEach(() => {
  account = randomUUID();
});

const mirror = (facts: PersonFacts = personFacts()) =>
  app.inUnitOfWork(() => app.get(PersonRepository).save(Person.mirror(account, facts, app.clock.now())));
const addVehicle = (numbers: Parameters<typeof describedVehicle>[0] = {}, owner = account) =>
  app.execute(new AddVehicle(owner, describedVehicle(numbers)));
const versionOf = async (id: string) => (await app.ask(new VehicleQuery(account, id)))?.version ?? Number.NaN;
const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('a stored person', () => {
  it('comes back as it was saved', async () => {
    const saved = Person.mirror(account, personFacts(), app.clock.now());
    await app.inUnitOfWork(() => app.get(PersonRepository).save(saved));
    const loaded = await app.inUnitOfWork((em: EntityManager) => em.findOne(Person, { accountId: account }));
    expect(loaded).toEqual(saved);
  });

  it('is announced', async () => {
    await app.settle();
    await mirror();
    expect(await app.settle()).toEqual([
      expect.objectContaining({
        type: 'profile.refreshed.v1',
        payload: { accountId: account, refreshedAt: app.clock.now().toISOString() },
      }),
    ]);
  });

  it('lies in the database encrypted', async () => {
    await mirror();
    const row = await app.sql.one<Record<string, unknown>>('select * from profile.person where account_id = $1', [
      account,
    ]);
    expect(JSON.stringify(row)).not.toMatch(/Летняя|Ольга|9210000022|2001-01-21/);
  });

  it('is refreshed in place', async () => {
    await mirror();
    await app.inUnitOfWork(async () => {
      const person = await app.get(PersonRepository).find(account);
      person?.refresh(personFacts({ lastName: 'Осенняя' }), new Date(app.clock.now().getTime() + 1_000));
      await app.get(PersonRepository).save(person!);
    });
    expect(await app.ask(new ProfileQuery(account))).toMatchObject({ facts: { lastName: 'Осенняя' } });
  });

  it('was already read when a first or a repeated reading is overtaken', async () => {
    await mirror();
    await expect(mirror()).rejects.toBeInstanceOf(AlreadyRefreshed);
    const later = new Date(app.clock.now().getTime() + 1_000);
    const overtaken = app.inUnitOfWork(async () => {
      const person = await app.get(PersonRepository).find(account);
      await app.sql.query('update profile.person set version = version + 1 where account_id = $1', [account]);
      person?.refresh(personFacts({ lastName: 'Осенняя' }), later);
      await app.get(PersonRepository).save(person!);
    });
    await expect(overtaken).rejects.toBeInstanceOf(AlreadyRefreshed);
  });
});

describe('questions about a person', () => {
  it('find nothing before the first reading', async () => {
    expect(await app.ask(new ProfileQuery(account))).toBeNull();
    expect(await app.ask(new ApplicantQuery(account))).toBeNull();
    expect(await app.ask(new ContactsQuery(account))).toEqual({
      known: false,
      mobile: null,
      email: null,
      firstName: null,
      middleName: null,
    });
  });

  it('give only confirmed contacts to write to', async () => {
    const contacts = [
      { kind: 'MOBILE', value: '+79210000022', confirmed: false },
      { kind: 'EMAIL', value: 'olga.letnyaya@example.ru', confirmed: true },
    ] as const;
    await mirror(personFacts({ contacts }));
    expect(await app.ask(new ContactsQuery(account))).toEqual({
      known: true,
      mobile: null,
      email: 'olga.letnyaya@example.ru',
      firstName: 'Ольга',
      middleName: null,
    });
  });

  it('give everything a form may be prefilled with', async () => {
    const child: PersonChild = {
      ...{
        id: '11',
        lastName: 'Летний',
        firstName: 'Пётр',
        middleName: null,
        birthDate: '2020-05-15',
        sex: 'M' as const,
      },
      ...{
        snils: '90000000182',
        inn: null,
        oms: null,
        birthCertificate: { series: 'IV-АК', number: '000123', issueDate: null, issuedBy: null },
      },
    };
    const organization = {
      id: '21',
      fullName: 'ООО «Образец»',
      shortName: null,
      ogrn: '1007800001230',
      inn: null,
      kpp: null,
      chief: true,
    };
    await mirror(
      personFacts({
        children: [child],
        organizations: [organization],
        addresses: [{ kind: 'REGISTRATION', line: '190000, г. Санкт-Петербург' }],
      }),
    );
    const vehicleId = await addVehicle();
    expect(await app.ask(new ApplicantQuery(account))).toEqual({
      ...{
        lastName: 'Летняя',
        firstName: 'Ольга',
        middleName: null,
        birthDate: '2001-01-21',
        sex: 'F',
        snils: null,
        inn: null,
      },
      ...{ mobile: '+79210000022', email: 'olga.letnyaya@example.ru' },
      ...{ registrationAddress: '190000, г. Санкт-Петербург', residenceAddress: null },
      children: [child],
      vehicles: [{ id: vehicleId, make: 'LADA Vesta', grz: 'А123ВС178', sts: '7812345678' }],
      organizations: [organization],
    });
  });
});

describe('documents at ESIA', () => {
  const ask = () => app.ask(new EsiaDocumentsQuery(account));

  it('are unknown before the first reading, and in a reading from before they were asked for', async () => {
    expect(await ask()).toBeNull();
    await mirror(personFacts({ documents: undefined }));
    expect(await ask()).toBeNull();
  });

  it.each<[string, PersonFacts['notGranted'], readonly string[]]>([
    ['nothing', [], []],
    ['own documents', ['documents'], ['OWN']],
    ['documents of children', ['childDocuments'], ['CHILDREN']],
    ['children', ['children', 'organizations'], ['CHILDREN']],
  ])('are told with whose are unknown: not granted is %s', async (_section, notGranted, unknown) => {
    await mirror(personFacts({ notGranted }));
    expect(await ask()).toEqual({ readAt: app.clock.now(), documents: [], notGranted: unknown });
  });
});

describe('a stored vehicle', () => {
  it('comes back as it was saved', async () => {
    const saved = Vehicle.add(randomUUID(), account, describedVehicle(), app.clock.now());
    await app.inUnitOfWork(() => app.get(VehicleRepository).save(saved));
    const loaded = await app.inUnitOfWork(() => app.get(VehicleRepository).get(account, saved.id));
    expect(loaded).toEqual(saved);
  });

  it('lies in the database without readable numbers', async () => {
    const id = await addVehicle();
    const row = await app.sql.one<Record<string, unknown>>('select * from profile.vehicle where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/А123ВС178|7812345678/);
  });

  it('is announced without its numbers', async () => {
    await app.settle();
    const id = await addVehicle();
    expect(await app.settle()).toEqual([
      expect.objectContaining({ type: 'profile.vehicle-added.v1', payload: { vehicleId: id, accountId: account } }),
    ]);
  });

  it('is unique by its certificate within the account, not between accounts', async () => {
    await addVehicle();
    await expect(addVehicle({ plate: 'Х999ХХ78', certificate: '78 12 345678' })).rejects.toBeInstanceOf(
      VehicleAlreadyAdded,
    );
    expect(await app.ask(new VehiclesQuery(account))).toHaveLength(1);
    await expect(addVehicle({}, randomUUID())).resolves.toEqual(expect.any(String));
  });

  it('frees its certificate when corrected', async () => {
    const id = await addVehicle();
    await app.execute(
      new EditVehicle(account, id, await versionOf(id), describedVehicle({ certificate: '7812345679' })),
    );
    expect(await app.ask(new VehicleDocumentsQuery(id))).toEqual({
      ...{ vehicleId: id, accountId: account, make: 'LADA Vesta', grz: 'А123ВС178', sts: '7812345679' },
    });
    await expect(addVehicle()).resolves.toEqual(expect.any(String));
  });

  it('is not corrected by a form that is out of date', async () => {
    const id = await addVehicle();
    const opened = await versionOf(id);
    await app.execute(new EditVehicle(account, id, opened, describedVehicle({ make: 'LADA Granta' })));
    const stale = app.execute(new EditVehicle(account, id, opened, describedVehicle({ make: 'LADA Niva' })));
    await expect(stale).rejects.toBeInstanceOf(VehicleChangedMeanwhile);
    expect(await app.ask(new VehicleQuery(account, id))).toMatchObject({ make: 'LADA Granta' });
  });

  it('is nobody else’s', async () => {
    const id = await addVehicle();
    const stranger = randomUUID();
    expect(await app.ask(new VehicleQuery(stranger, id))).toBeNull();
    await expect(app.execute(new RemoveVehicle(stranger, id))).rejects.toBeInstanceOf(VehicleNotFound);
    await expect(app.execute(new EditVehicle(stranger, id, 1, describedVehicle()))).rejects.toBeInstanceOf(
      VehicleNotFound,
    );
  });
});

describe('a removed vehicle', () => {
  it('is gone for fines and forms and can be put back', async () => {
    const id = await addVehicle();
    await app.settle();
    await app.execute(new RemoveVehicle(account, id));
    expect(await app.ask(new VehicleDocumentsQuery(id))).toBeNull();
    expect(await app.ask(new VehiclesQuery(account))).toEqual([]);
    expect(typesOf(await app.settle())).toEqual(['profile.vehicle-removed.v1']);
    await app.execute(new RestoreVehicle(account, id));
    expect(await app.ask(new VehicleDocumentsQuery(id))).toMatchObject({ sts: '7812345678' });
    expect(typesOf(await app.settle())).toEqual(['profile.vehicle-added.v1']);
  });

  it('lets its certificate be added again, and then cannot be put back', async () => {
    const id = await addVehicle();
    await app.execute(new RemoveVehicle(account, id));
    await addVehicle();
    await expect(app.execute(new RestoreVehicle(account, id))).rejects.toBeInstanceOf(VehicleAlreadyAdded);
    expect(await app.ask(new VehiclesQuery(account))).toHaveLength(1);
  });

  it('is forgotten when it can no longer be put back', async () => {
    const [kept, forgotten] = [await addVehicle(), await addVehicle({ certificate: '7812345679' })];
    const removedAt = app.clock.now();
    await app.execute(new RemoveVehicle(account, forgotten));
    app.clock.advance(RESTORABLE_DAYS * DAY_MS);
    await app.get(ForgetRemovedVehicles).run();
    expect(await app.ask(new VehicleQuery(account, forgotten))).toMatchObject({ removed: true });
    app.clock.advance(1);
    await app.get(ForgetRemovedVehicles).run();
    expect(await app.ask(new VehicleQuery(account, forgotten))).toBeNull();
    expect(await app.ask(new VehicleQuery(account, kept))).toMatchObject({ removed: false });
    app.clock.set(removedAt);
  });
});
