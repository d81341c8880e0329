import { createServer } from 'node:net';

/** Free ports, all different: each stays open until the last one is found. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () => new Promise<ReturnType<typeof createServer>>((open) => {
        const probe = createServer();
        probe.listen(0, '127.0.0.1', () => open(probe));
      }),
    ),
  );
  const ports = probes.map((probe) => (probe.address() as { port: number }).port);
  await Promise.all(probes.map((probe) => new Promise((closed) => probe.close(closed))));
  return ports;
}
