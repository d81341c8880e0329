import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take a port before its program listens. */
const FIRST = 20_000;
const LAST = 32_000;

/** Free ports, all different: each stays open until the last one is found. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = new Map<number, Server>();
  while (probes.size < count) {
    const port = randomInt(FIRST, LAST);
    const probe = await listenAt(port);
    if (probe) probes.set(port, probe);
  }
  await Promise.all([...probes.values()].map((probe) => new Promise((closed) => probe.close(closed))));
  return [...probes.keys()];
}

/** Null when somebody listens there already. */
const listenAt = (port: number): Promise<Server | null> =>
  new Promise((opened) => {
    const probe = createServer();
    probe.once('error', () => opened(null));
    probe.listen(port, '127.0.0.1', () => opened(probe));
  });
