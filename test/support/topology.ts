import { type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/persistence/embedded-postgres.js';
import { throwAwayEnvironment } from './environment.js';
import { freePorts } from './free-ports.js';
import { temporaryFolder } from './temporary-folder.js';
import { endProgram, startProgram } from './processes.js';

export interface Topology {
  readonly environment: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly bank: string;
  readonly inbox: string;
  /** Starts one more process of the portal on a free port; answers its address. */
  startPortal(role: 'web' | 'worker' | 'all', port?: number): Promise<PortalProcess>;
  remove(): Promise<void>;
}

export interface PortalProcess {
  readonly url: string;
  readonly port: number;
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** One PostgreSQL and the sandboxes as processes of their own, as `docker/compose.yaml` lays them out; the portal's are started by the test. */
export async function startTopology(more: Readonly<Record<string, string>> = {}): Promise<Topology> {
  const folder = temporaryFolder('lk-topology-');
  const database = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), password: 'topology' });
  const [portal, esia, bank, gibdd, inbox, centre, smpp, smtp] = await freePorts(8);
  const environment = await throwAwayEnvironment({
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    PUBLIC_URL: `http://localhost:${portal}`,
    ESIA_URL: `http://localhost:${esia}`,
    BANK_URL: `http://localhost:${bank}`,
    GIBDD_URL: `http://localhost:${gibdd}`,
    GISGMP_URL: `http://localhost:${gibdd}`,
    SMPP_URL: `smpp://localhost:${smpp}`,
    SMTP_URL: `smtp://localhost:${smtp}`,
    ...more,
  });
  const ports = { ESIA_PORT: esia, BANK_PORT: bank, GIBDD_PORT: gibdd, INBOX_PORT: inbox, CENTRE_PORT: centre, SMPP_PORT: smpp, SMTP_PORT: smtp };
  const sandboxPorts = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const sandboxes = await startProgram('sandbox/main.js', { ...environment, ...sandboxPorts });
  const running = new Set<ChildProcess>([sandboxes]);
  let isFirst = true;
  return {
    environment,
    databaseUrl: database.url,
    bank: `http://localhost:${bank}`,
    inbox: `http://localhost:${inbox}`,
    startPortal: async (role, wanted) => {
      const port = wanted ?? (isFirst ? portal : (await freePorts(1))[0])!;
      isFirst = false;
      const child = await startProgram('main.js', { ...environment, ROLE: role, PORT: String(port) });
      running.add(child);
      return {
        url: `http://localhost:${port}`,
        port,
        end: async (signal) => {
          running.delete(child);
          await endProgram(child, signal);
        },
      };
    },
    remove: async () => {
      await Promise.all([...running].map((child) => endProgram(child)));
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
