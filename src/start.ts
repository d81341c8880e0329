import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SAMPLE_STAFF } from './contexts/identity/infrastructure/sample-staff.js';
import { DATA_FOLDER, ensureSecrets, installedVariables, Obstacle, openDatabase, prepareFolder, type Variables, wordsOf } from './installation.js';
import { Config } from './platform/config/config.js';
import { migrate } from './platform/persistence/migrate.js';
import { prepareQueues } from './platform/queue/connection.js';
import { rootFileIn } from './sandbox/certification-centre/centre.js';

/*
 * `npm start`: everything on one machine. PostgreSQL out of npm (unless DATABASE_URL names another), migrations, the
 * sandboxes of the outside systems (unless SANDBOXES=off) and the portal with sample data, each in a process of its own.
 */

const HERE = import.meta.dirname;
const STOP_MS = 8000;

/** Ports of the sandboxes with the variables that move them. */
const SANDBOX_PORTS = {
  ESIA_PORT: '3001',
  BANK_PORT: '3002',
  GIBDD_PORT: '3003',
  INBOX_PORT: '3004',
  CENTRE_PORT: '3005',
  SMPP_PORT: '2775',
  SMTP_PORT: '1025',
} as const;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`  … ${title}`);
  const result = await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}  ✔ ${title} (${seconds} s)\n`);
  return result;
}

type OnStop = (stop: () => Promise<void>) => void;

const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });

/** Names every taken port at once, with the variable that moves it. */
async function requireFreePorts(ports: Readonly<Record<string, string>>): Promise<void> {
  const taken: string[] = [];
  for (const [variable, port] of Object.entries(ports)) if (!(await isFree(Number(port)))) taken.push(`${port} (${variable})`);
  if (taken.length === 0) return;
  throw new Obstacle(
    `Taken by another program: port ${taken.join(', port ')}. Stop that program (perhaps an earlier start), or name another port in the variable.`,
  );
}

/** Starts one of our programs and waits until it says it is ready. Its own output goes to this terminal. */
function startProcess(program: string, variables: Variables, onStop: OnStop): Promise<ChildProcess> {
  return new Promise((started, failed) => {
    const child = fork(join(HERE, program), { env: { ...process.env, ...variables }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    onStop(() => stopProcess(child));
    child.once('message', () => started(child));
    child.once('exit', (code) => failed(new Obstacle(`${program} stopped at once (exit code ${code ?? 'none'}); its last words are above.`)));
  });
}

const stopProcess = (child: ChildProcess): Promise<void> =>
  new Promise((stopped) => {
    if (child.exitCode !== null || child.signalCode !== null) return stopped();
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(force);
      stopped();
    });
    child.kill('SIGTERM');
  });

/** Staff sign in with a code of their telephone; sample staff have theirs on a page of the inbox. */
const authenticator = JSON.stringify(SAMPLE_STAFF.map(({ email, codeSecret }) => ({ account: email, secret: codeSecret })));

/** Variables that follow from the sandboxes, unless they are set. */
const sandboxAddresses = (ports: Variables): Variables => ({
  ESIA_URL: `http://localhost:${ports['ESIA_PORT']}`,
  BANK_URL: `http://localhost:${ports['BANK_PORT']}`,
  GIBDD_URL: `http://localhost:${ports['GIBDD_PORT']}`,
  GISGMP_URL: `http://localhost:${ports['GIBDD_PORT']}`,
  SMPP_URL: `smpp://localhost:${ports['SMPP_PORT']}`,
  SMTP_URL: `smtp://localhost:${ports['SMTP_PORT']}`,
  SIGNATURE_ROOTS: rootFileIn(DATA_FOLDER),
});

async function start(stopping: AbortSignal, onStop: OnStop): Promise<void> {
  say('Личный кабинет');
  prepareFolder();
  const withSandboxes = process.env['SANDBOXES'] !== 'off';
  const installed = installedVariables(await ensureSecrets());
  const ports: Variables = { ...SANDBOX_PORTS, ...installed };
  const portal = process.env['PORT'] ?? '3000';
  const variables: Variables = {
    PUBLIC_URL: `http://localhost:${portal}`,
    SAMPLE_DATA: 'on',
    LOG_LEVEL: 'warn',
    ...(withSandboxes ? sandboxAddresses(ports) : {}),
    ...installed,
  };
  Config.from({ ...variables, DATABASE_URL: variables['DATABASE_URL'] ?? 'postgres://not-yet' });
  await requireFreePorts({
    PORT: portal,
    ...(withSandboxes ? Object.fromEntries(Object.keys(SANDBOX_PORTS).map((name) => [name, ports[name] ?? ''])) : {}),
  });

  if (!variables['DATABASE_URL']) {
    const database = await step('PostgreSQL', () => openDatabase(variables));
    onStop(() => database.stop());
    variables['DATABASE_URL'] = database.url;
  }
  const config = Config.from(variables);
  await step('Migrations', async () => {
    await migrate(config.databaseUrl);
    await prepareQueues(config);
  });

  const watch = (name: string, child: ChildProcess) => {
    child.once('exit', (code, signal) => {
      if (stopping.aborted) return;
      say(`${name} has ended by itself (${signal ?? code ?? 'unknown'}). Stopping the rest.`);
      process.emit('SIGTERM');
    });
  };
  if (withSandboxes) watch('The sandboxes', await step('Sandboxes', () => startProcess('sandbox/main.js', { ...variables, ...pick(ports), AUTHENTICATOR: authenticator }, onStop)));
  watch('The portal', await step('Portal', () => startProcess('main.js', variables, onStop)));
  if (withSandboxes) say(welcome(variables, ports));
  else say(`\nPortal  ${config.publicUrl}\n`);
}

const pick = (ports: Variables): Variables => Object.fromEntries(Object.keys(SANDBOX_PORTS).map((name) => [name, ports[name] ?? '']));

/** Where everything is and who can sign in. All people are invented. */
const welcome = (variables: Variables, ports: Variables): string => `
Portal                     ${variables['PUBLIC_URL']}
Back-office                ${variables['PUBLIC_URL']}/office/sign-in
ESIA (sandbox)             ${variables['ESIA_URL']}
Bank (sandbox)             ${variables['BANK_URL']}
GIBDD, GIS GMP (sandbox)   ${variables['GIBDD_URL']}
SMS, e-mail, push (inbox)  http://localhost:${ports['INBOX_PORT']}
Signatures (sample centre) http://localhost:${ports['CENTRE_PORT']}
SMPP, SMTP                 ${variables['SMPP_URL']}, ${variables['SMTP_URL']}

Citizens (invented), password Sample-2026
  maria.nevskaya@example.ru   +79210000006   confirmed; two children; fines of the car А123ВС178, certificate 7812345678
  igor.sadovy@example.ru      +79210000014   standard
  olga.letnyaya@example.ru    +79210000022   simplified
  oleg.kamenny@example.ru     +79210000030   confirmed; works for an organisation
Staff (invented), password Sample-Office-2026, one-time code from the page http://localhost:${ports['INBOX_PORT']}/codes
  clerk@edu.example.ru        clerk of the Committee on Education
  clerk@transport.example.ru  clerk of the Committee on Transport
  clerk@mfc.example.ru        clerk of the MFC
  admin@example.ru            administrator

Ctrl-C stops everything; the data stays in ${DATA_FOLDER}. \`npm run reset\` empties it.
`;

const stops: (() => Promise<void>)[] = [];
const stopping = new AbortController();

async function stopAll(exitCode: number): Promise<never> {
  if (!stopping.signal.aborted) {
    stopping.abort();
    for (const stop of stops.reverse()) await stop().catch(() => undefined);
  }
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stopAll(0));
try {
  await start(stopping.signal, (stop) => stops.push(stop));
} catch (error) {
  // Ctrl-C during the start ends what was being started: no news, and the stop that is under way exits.
  if (!stopping.signal.aborted) {
    process.stderr.write(`\n${wordsOf(error)}\n`);
    await stopAll(1);
  }
}
