/*
 * Many invented citizens at once, made by the product's own use cases on its own database: each signed in, with a profile and a filled
 * draft of the complaint, and a fine when asked. For rehearsals of load and of sudden death. Prints one JSON line per citizen as a program:
 *   node test/support/crowd.js <count> [fines]     (the product's environment must be set)
 */
import 'reflect-metadata';
import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const SERVICE = 'PRE_TRIAL_COMPLAINT';

const factsOf = (number) => ({
  lastName: 'Примерная',
  firstName: 'Вера',
  middleName: 'Ильинична',
  birthDate: '1990-05-15',
  birthPlace: null,
  sex: 'F',
  snils: null,
  inn: null,
  contacts: [
    { kind: 'MOBILE', value: `+7999${String(number).padStart(7, '0')}`, confirmed: true },
    { kind: 'EMAIL', value: `person${number}@example.ru`, confirmed: true },
  ],
  addresses: [{ kind: 'RESIDENCE', line: '190000, г. Санкт-Петербург, ул. Примерная, д. 1' }],
  children: [],
  organizations: [],
  notGranted: [],
});

const PAGES = [
  ['APPLICANT', { phone: '+7 999 000-00-00', email: '' }],
  ['TARGET', { target: 'COMMITTEE_TRANSPORT', ground: 'SERVICE_TERM', relatedApplication: '' }],
  ['TEXT', { text: 'Срок оказания услуги истёк, ответа нет. '.repeat(5), demand: 'Прошу рассмотреть заявление и ответить по существу.' }],
  ['ANSWER', { answerChannel: 'CABINET' }],
  ['FILES', {}],
  ['CONSENT', { consent: 'true' }],
];

const PAYEE = {
  name: 'УФК по г. Санкт-Петербургу (образец)',
  inn: '7830002600',
  kpp: '781345001',
  account: '03100643000000017200',
  bankName: 'Северо-Западное ГУ Банка России (образец)',
  bik: '014030106',
  correspondentAccount: null,
  kbk: '18811601123010001140',
  oktmo: '40000000',
};

const FINE_KOPECKS = 50_000;

const LICENCE = { number: '9900000001', issueDate: '2021-05-20', expiryDate: '2099-05-20', categories: ['B', 'M'] };

/** Answers `{ accountId, cookie, draftId, version, fineId, fineKopecks, documentId }` of each citizen; the last when `documents` are asked for. */
export async function gatherCrowd(environment, count, { first = 1, fines = false, documents = false } = {}) {
  const [{ AppModule }, { Config }] = await Promise.all([dist('app.module.js'), dist('platform/config/config.js')]);
  const { SignInHandler } = await dist('contexts/identity/application/sign-in.js');
  const { AccountRepository } = await dist('contexts/identity/domain/account.repository.js');
  const { SessionRepository } = await dist('contexts/identity/domain/session.repository.js');
  const { SessionTokens, CITIZEN_COOKIE } = await dist('contexts/identity/application/ports/session-tokens.js');
  const { Person } = await dist('contexts/profile/domain/person.js');
  const { PersonRepository } = await dist('contexts/profile/domain/person.repository.js');
  const { StartDraft } = await dist('contexts/applications/application/start-draft.js');
  const { SaveDraft } = await dist('contexts/applications/application/save-draft.js');
  const { AddPersonalDocument } = await dist('contexts/documents/application/add-personal-document.js');
  const { Fine } = await dist('contexts/payments/domain/fine.js');
  const { FineRepository } = await dist('contexts/payments/domain/fine.repository.js');
  const { Money } = await dist('kernel/money.js');
  const { Clock } = await dist('kernel/clock.js');
  const { Ids } = await dist('kernel/ids.js');
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(Config.from({ ...environment, ROLE: 'web', LOG_LEVEL: 'error' })), { logger: false });
  try {
    const find = (token) => app.get(token, { strict: false });
    const [orm, commands, clock, ids, tokens] = [find(MikroORM), find(CommandBus), find(Clock), find(Ids), find(SessionTokens)];
    const inUnitOfWork = (work) => RequestContext.create(orm.em, work);
    const accountIdOf = async (oid) => (await find(AccountRepository).byOid(oid)).id;
    const signIn = (oid) =>
      new SignInHandler(
        { identify: async () => ({ oid, level: 'CONFIRMED', displayName: 'Вера Ильинична П.', access: { accessToken: 'none', accessTokenExpiresAt: new Date(Date.now() + 3_600_000), esiaSessionId: 'none' } }) },
        find(AccountRepository),
        find(SessionRepository),
        tokens,
        ids,
        clock,
      ).execute({ answer: {}, visitor: { ipAddress: '127.0.0.1', userAgent: 'rehearsal' }, replacedToken: null });

    const fineOf = async (accountId, number) => {
      const uin = `188${String(number).padStart(17, '0')}`;
      const asOf = clock.now();
      const listed = { uin, decreeNumber: uin, decreeDate: '2020-01-10', offenceAt: null, article: '12.9ч.2', offence: 'Превышение скорости', department: null, amount: Money.ofKopecks(FINE_KOPECKS), discount: null };
      const fine = Fine.found(ids.next(), { accountId, vehicleId: ids.next() }, listed, { asOf, policySet: 'SEED' });
      fine.chargeKnown({ uin, purpose: 'Административный штраф', status: 'UNPAID', payee: PAYEE }, asOf);
      await inUnitOfWork(() => find(FineRepository).save([fine], []));
      return fine.id;
    };

    const crowd = [];
    for (let number = first; number < first + count; number++) {
      const oid = String(2_000_000_000 + number);
      const token = await inUnitOfWork(() => signIn(oid));
      const accountId = await inUnitOfWork(() => accountIdOf(oid));
      await inUnitOfWork(() => find(PersonRepository).save(Person.mirror(accountId, factsOf(number), clock.now())));
      const draftId = await inUnitOfWork(() => commands.execute(new StartDraft(accountId, SERVICE)));
      let version = 1;
      for (const [step, typed] of PAGES) {
        ({ version } = await inUnitOfWork(() => commands.execute(new SaveDraft(draftId, accountId, version, step, typed))));
      }
      const fineId = fines ? await fineOf(accountId, number) : null;
      const documentId = documents ? await inUnitOfWork(() => commands.execute(new AddPersonalDocument(accountId, 'DRIVING_LICENCE', LICENCE))) : null;
      crowd.push({ accountId, cookie: `${CITIZEN_COOKIE}=${token}`, draftId, version, fineId, fineKopecks: FINE_KOPECKS, documentId });
    }
    return crowd;
  } finally {
    await app.close();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const citizen of await gatherCrowd(process.env, Number(process.argv[2]), { fines: process.argv[3] === 'fines' })) process.stdout.write(`${JSON.stringify(citizen)}\n`);
}
