import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { IsNotEmpty } from 'class-validator';
import { DomainError } from '../../kernel/domain-error.js';
import { PortalVisitor } from '../../../test/support/portal-visitor.js';
import { testApp, type TestApp } from '../../../test/support/test-app.js';
import { page, seeOther } from './page.js';
import { Public, Staff } from './principal.js';
import { RateLimit } from './rate-limit.js';
import { readForm } from './read-form.js';

class DoorLocked extends DomainError {
  readonly code = 'test.door-locked';
  readonly kind = 'conflict';
}

class KnockForm {
  @IsNotEmpty({ message: 'Назовите себя' })
  who = '';
}

@Controller('house')
class HouseController {
  @Get()
  enter() {
    return page('public/help', { title: 'Дом' });
  }

  @Post()
  async knock(@Body() body: unknown) {
    const { form, errors } = await readForm(KnockForm, body);
    if (errors) return page('public/help', { title: errors.summary[0]!.text }, { status: 422 });
    if (form.who === 'lock') throw new DoorLocked();
    if (form.who === 'fire') throw new Error('secret of the house');
    return seeOther('/house', { notice: 'profile.vehicle-added' });
  }

  @Get('street')
  @Public()
  street() {
    return page('public/help', { title: 'Улица' }, { layout: 'public' });
  }

  @Get('bell')
  @Public()
  @RateLimit({ max: 2, perSeconds: 60 })
  bell() {
    return { rung: true };
  }
}

@Staff('ADMIN')
@Controller('cellar')
class CellarController {
  @Get()
  enter() {
    return { cellar: true };
  }
}

@Module({ controllers: [HouseController, CellarController] })
class HouseModule {}

const RESIDENT = { accountId: '019380aa-0000-7000-8000-000000000001', sessionId: 's', level: 'CONFIRMED', displayName: 'Вера П.', oid: '1' } as const;
const CLERK = { staffId: '019380aa-0000-7000-8000-000000000002', name: 'Петрова', role: 'CLERK', authorityCode: 'A', authorityName: 'Комитет' } as const;

describe('Pages over HTTP', () => {
  let app: TestApp;
  let visitor: PortalVisitor;

  beforeAll(async () => {
    app = await testApp({ modules: [HouseModule], mappings: [] });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    app.principals.citizen = RESIDENT;
    app.principals.staff = null;
    visitor = new PortalVisitor(app.nest);
  });

  const inject = (url: string, headers: Record<string, string> = {}) => app.nest.inject({ method: 'GET', url, headers });

  it('are closed to strangers, who are sent to sign in and come back', async () => {
    app.principals.citizen = null;
    expect((await visitor.open('/house?room=2')).location).toBe('/auth/esia?return=%2Fhouse%3Froom%3D2');
  });

  it('answer a program that is not signed in with problem+json', async () => {
    app.principals.citizen = null;
    const answer = await inject('/house', { accept: 'application/json' });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 401, code: 'platform.not-signed-in' });
  });

  it('are open to everybody where they say so', async () => {
    app.principals.citizen = null;
    expect((await visitor.open('/house/street')).status).toBe(200);
  });

  it('keep the back-office to the roles it names', async () => {
    expect((await visitor.open('/cellar')).location).toContain('/office/sign-in');
    app.principals.staff = CLERK;
    expect((await visitor.open('/cellar')).status).toBe(403);
    app.principals.staff = { ...CLERK, role: 'ADMIN' };
    expect((await visitor.open('/cellar')).status).toBe(200);
  });

  it('refuse a form without its anti-forgery token', async () => {
    const answer = await app.nest.inject({ method: 'POST', url: '/house', payload: 'who=me', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' } });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Страница устарела');
  });

  it('show the notice of the previous step once', async () => {
    await visitor.open('/house');
    expect(await visitor.send('/house', { who: 'me' })).toMatchObject({ status: 303, location: '/house' });
    const notice = /role="status"/;
    expect((await visitor.open('/house')).html).toMatch(notice);
    expect((await visitor.open('/house')).html).not.toMatch(notice);
  });

  it('come back with 422 and a sentence for a field left empty', async () => {
    await visitor.open('/house');
    expect(await visitor.send('/house', { who: '\u0000 ' })).toMatchObject({ status: 422, text: expect.stringContaining('Назовите себя') });
  });

  it('tell a refusal of the domain as a page with its status', async () => {
    await visitor.open('/house');
    expect((await visitor.send('/house', { who: 'lock' })).status).toBe(409);
  });

  it('hide an unknown error behind a number that support can find', async () => {
    await visitor.open('/house');
    const answer = await visitor.send('/house', { who: 'fire' });
    expect(answer.status).toBe(500);
    expect(answer.html).not.toContain('secret of the house');
    expect(answer.text).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/);
  });

  it('answer 429 with the time to wait to who calls too often', async () => {
    await inject('/house/bell');
    await inject('/house/bell');
    const third = await inject('/house/bell', { accept: 'application/json' });
    expect(third.statusCode).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('carry the headers that keep scripts, frames and sniffing out', async () => {
    const { headers } = await inject('/house/street', { accept: 'text/html' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('are counted by route, without the addresses people visit', async () => {
    await inject('/house/street?who=somebody');
    const metrics = (await inject('/metrics')).body;
    expect(metrics).toMatch(/http_request_seconds_count\{method="GET",route="\/house\/street",status="200"\} \d+/);
    expect(metrics).not.toContain('somebody');
  });

  it('show their counts to nobody from elsewhere', async () => {
    const answer = await app.nest.inject({ method: 'GET', url: '/metrics', remoteAddress: '203.0.113.9' });
    expect(answer.statusCode).toBe(404);
  });

  it('believe nobody but a trusted proxy about the address of the caller', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1' };
    expect((await app.nest.inject({ method: 'GET', url: '/metrics', remoteAddress: '203.0.113.9', headers })).statusCode).toBe(404);
  });

  it('say that the process lives and that it can serve', async () => {
    expect((await inject('/health/live')).json()).toEqual({ status: 'ok' });
    expect((await inject('/health/ready')).json()).toEqual({ status: 'ok', database: 'up' });
  });
});
