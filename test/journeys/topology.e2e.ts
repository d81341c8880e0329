import { type Browser } from 'playwright-core';
import { newPerson, openBrowser } from '../support/browser.js';
import { addSampleCar, MARIA, signIn } from '../support/citizen.js';
import { eventually } from '../support/eventually.js';
import { hasRedis, startRedis } from '../support/redis.js';
import { startTopology, type Topology } from '../support/topology.js';

const SAMPLE_FINE = '18810178260000001015';

const onRedis = hasRedis ? describe : describe.skip;
onRedis('Two web processes and a worker on one PostgreSQL and one Redis', () => {
  let browser: Browser;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let topology: Topology;

  beforeAll(async () => {
    redis = await startRedis();
    topology = await startTopology({ REDIS_URL: redis.url });
    browser = await openBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await topology.remove();
    await redis.stop();
  }, 60_000);

  it('serve one citizen, and go on when one of them is gone', async () => {
    const first = await topology.startPortal('web');
    const [second] = await Promise.all([topology.startPortal('web'), topology.startPortal('worker')]);
    const page = await (await newPerson(browser)).newPage();
    await signIn(page, first.url, MARIA);
    await page.goto(`${second.url}/cabinet`);
    expect(await page.locator('h1').innerText()).toContain('Мария');
    await addSampleCar(page, second.url);
    await eventually('the worker brings the fines', async () => {
      await page.goto(`${first.url}/fines`);
      return (await page.getByText(SAMPLE_FINE).count()) > 0;
    });
    await first.end();
    const answer = await page.goto(`${second.url}/fines`);
    expect(answer?.status()).toBe(200);
    expect(await page.getByText(SAMPLE_FINE).count()).toBeGreaterThan(0);
  }, 120_000);
});
