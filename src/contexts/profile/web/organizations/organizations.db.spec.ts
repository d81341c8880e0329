import { personFacts } from '../../../../../test/support/profile.js';
import { type ProfilePages, profilePages } from '../../../../../test/support/profile-pages.js';

const ORGANIZATION = {
  id: '21',
  fullName: 'Общество «Образец»',
  shortName: null,
  ogrn: '1007800001230',
  inn: null,
  kpp: null,
  chief: true,
};

let pages: ProfilePages;
beforeAll(async () => {
  pages = await profilePages();
});
afterAll(() => pages.app.close());
beforeEach(() => pages.startAnew(personFacts()));

describe('the page of organisations', () => {
  it('lists the organisations whose directory holds the citizen', async () => {
    pages.registry.know(personFacts({ organizations: [ORGANIZATION] }));
    const { text } = await pages.visitor.open('/organizations');
    expect(text).toContain('1 организация');
    expect(text).toContain('Общество «Образец»');
    expect(text).toContain('1007800001230');
    expect(text).toContain('Руководитель');
  });

  it('says what to do when there are none', async () => {
    const { text } = await pages.visitor.open('/organizations');
    expect(text).toContain('Организаций пока нет');
    expect(text).toContain('подтвердите свою учётную запись');
    pages.become({ level: 'CONFIRMED' });
    expect((await pages.visitor.open('/organizations')).text).not.toContain('подтвердите свою учётную запись');
  });

  it('is refreshed on demand', async () => {
    await pages.visitor.open('/organizations');
    pages.registry.know(personFacts({ organizations: [ORGANIZATION] }));
    expect(await pages.visitor.send('/organizations/refresh')).toMatchObject({
      status: 303,
      location: '/organizations',
    });
    expect((await pages.visitor.open('/organizations')).text).toContain('Общество «Образец»');
    pages.registry.up = false;
    const down = await pages.visitor.send('/organizations/refresh');
    expect(down.status).toBe(503);
    expect(down.text).toContain('Общество «Образец»');
  });
});
