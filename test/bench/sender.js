/*
 * Sends applications or files in a process of its own, so that what it costs is neither the product's nor the other side's: forked by
 * `submit.js`, takes one order by IPC and answers with the result.
 */
import { inParallel } from './measure.js';

const senders = {
  product: () => import('./send-to-product.js'),
  bare: () => import('./send-by-bare-pg.js'),
  scan: () => import('./send-scan.js'),
};

process.once('message', async ({ side, target, crowd, atOnce }) => {
  const { open } = await senders[side]();
  const { send, close } = await open(target);
  const before = process.cpuUsage();
  const { times, errors, milliseconds } = await inParallel(crowd, atOnce, send);
  const { user, system } = process.cpuUsage(before);
  await close();
  process.send({ times, errors: [...errors], milliseconds, cpuMilliseconds: (user + system) / 1000 }, () =>
    process.disconnect(),
  );
});
