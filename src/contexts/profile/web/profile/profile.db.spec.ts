import { randomUUID } from 'node:crypto';
import { personFacts } from '../../../../../test/support/profile.js';
import { type ProfilePages, profilePages } from '../../../../../test/support/profile-pages.js';
import { Reactions } from '../../../../platform/outbox/reactions.js';
import { SignedIn } from '../../../identity/public.js';
import { type PersonChild } from '../../domain/person-facts.js';

const CHILD: PersonChild = {
  ...{ id: '11', lastName: 'Летний', firstName: 'Пётр', middleName: null, birthDate: '2020-05-15', sex: 'M' },
  ...{ snils: '90000000182', inn: '780000012366', oms: '7800000000123452' },
  birthCertificate: { series: 'IV-АК', number: '000123', issueDate: '2020-05-25', issuedBy: 'Отдел ЗАГС' },
};

let pages: ProfilePages;
beforeAll(async () => {
  pages = await profilePages();
});
afterAll(() => pages.app.close());
beforeEach(() => pages.startAnew(personFacts({ children: [CHILD] })));

describe('the page of personal data', () => {
  it('is closed to those who have not signed in', async () => {
    pages.app.principals.citizen = null;
    expect(await pages.visitor.open('/profile')).toMatchObject({
      status: 303,
      location: '/auth/esia?return=%2Fprofile',
    });
  });

  it('reads ESIA when it is opened for the first time, and only then', async () => {
    const first = await pages.visitor.open('/profile');
    expect(first.status).toBe(200);
    expect(first.text).toContain('Летняя Ольга');
    expect(first.text).toContain('21 января 2001 г.');
    expect(first.text).toContain('+7 921 000-00-22');
    expect(first.text).toContain('Обновлены 22 ноября 2026 г., 12:00 (МСК)');
    await pages.visitor.open('/profile');
    expect(pages.registry.reads).toBe(1);
  });

  it('shows everything seed 000 asks of a child', async () => {
    const { text } = await pages.visitor.open('/profile');
    for (const words of [
      'Летний Пётр',
      'Мужской',
      '15 мая 2020 г.',
      'IV-АК № 000123',
      '25 мая 2020 г.',
      '900-000-001 82',
      '780000012366',
      '7800000000123452',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('says what to do when ESIA knows no children', async () => {
    pages.registry.know(personFacts({ children: [] }));
    expect((await pages.visitor.open('/profile')).text).toContain('На Госуслугах дети не указаны');
  });

  it('says what was not granted instead of calling it empty', async () => {
    pages.registry.know(personFacts({ contacts: [], notGranted: ['contacts', 'children'] }));
    const { text } = await pages.visitor.open('/profile');
    expect(text).toContain('Вы не разрешили порталу получать контакты с Госуслуг');
    expect(text).toContain('Вы не разрешили порталу получать сведения о детях с Госуслуг');
    expect(text).toContain('На Госуслугах адреса не указаны');
  });

  it('sends the citizen to ESIA to edit, with the way back', async () => {
    const { html } = await pages.visitor.open('/profile');
    const [, address] = /<a class="btn btn-primary" href="([^"]+)">[^]*?Редактировать профиль/.exec(html) ?? [];
    expect(address?.replaceAll('&#x3D;', '=')).toBe(
      'http://esia.example.ru/profile/user/personal?return=http%3A%2F%2Flk.example.ru%2Fprofile%2Freturn',
    );
  });

  it('shows what was changed at ESIA after the return', async () => {
    await pages.visitor.open('/profile');
    pages.registry.know(personFacts({ lastName: 'Осенняя' }));
    expect(await pages.visitor.open('/profile/return')).toMatchObject({ status: 303, location: '/profile' });
    expect((await pages.visitor.open('/profile')).text).toContain('Осенняя Ольга');
  });

  it('goes on to the page from where ESIA was entered, on this site only', async () => {
    const landing = async (to: string) => (await pages.visitor.open(`/profile/return?to=${encodeURIComponent(to)}`)).location;
    expect(await landing('/documents/42')).toBe('/documents/42');
    expect(pages.registry.reads).toBe(1);
    expect(await landing('//evil.example/')).toBe('/profile');
  });

  it('is refreshed on demand', async () => {
    await pages.visitor.open('/profile');
    pages.registry.know(personFacts({ lastName: 'Осенняя' }));
    expect(await pages.visitor.send('/profile/refresh')).toMatchObject({ status: 303, location: '/profile' });
    const { text } = await pages.visitor.open('/profile');
    expect(text).toContain('Осенняя Ольга');
    expect(text).toContain('Сведения обновлены из Госуслуг');
  });

  it('shows the last reading with its time while ESIA is down', async () => {
    await pages.visitor.open('/profile');
    pages.registry.up = false;
    const { status, text } = await pages.visitor.send('/profile/refresh');
    expect(status).toBe(503);
    expect(text).toContain('Госуслуги сейчас не отвечают');
    expect(text).toContain('Летняя Ольга');
    expect(text).toContain('Обновлены 22 ноября 2026 г., 12:00 (МСК)');
  });

  it('opens even when ESIA has never answered', async () => {
    pages.registry.up = false;
    const { status, text } = await pages.visitor.open('/profile');
    expect(status).toBe(503);
    expect(text).toContain('Портал ещё не получил ваши сведения с Госуслуг');
    expect(text).toContain('Добавить сведения о транспортном средстве');
  });

  it('asks to sign in again when the right to read ESIA has ended', async () => {
    await pages.visitor.open('/profile');
    pages.become({ sessionId: 'ended' });
    const { text, html } = await pages.visitor.send('/profile/refresh');
    expect(text).toContain('Войдите ещё раз, чтобы обновить сведения');
    expect(html).toContain('href="/auth/esia?return=/profile/return"');
    expect(text).toContain('Летняя Ольга');
  });

  it('is filled by the sign-in itself', async () => {
    const signedIn = { id: randomUUID(), type: SignedIn.type, occurredAt: pages.app.clock.now().toISOString() };
    const payload = { accountId: pages.accountId, sessionId: 'live', firstTime: true };
    await pages.app.get(Reactions).run('RefreshProfileOnSignedIn.identity.signed-in.v1', { ...signedIn, payload });
    await pages.app.get(Reactions).run('RefreshProfileOnSignedIn.identity.signed-in.v1', { ...signedIn, payload });
    expect(pages.registry.reads).toBe(1);
    pages.registry.up = false;
    expect((await pages.visitor.open('/profile')).text).toContain('Летняя Ольга');
  });
});
