import { randomUUID } from 'node:crypto';
import { personFacts } from '../../../../../test/support/profile.js';
import { type ProfilePages, profilePages } from '../../../../../test/support/profile-pages.js';
import { VehiclesQuery } from '../../application/vehicles.query.js';

let pages: ProfilePages;
beforeAll(async () => {
  pages = await profilePages();
});
afterAll(() => pages.app.close());
beforeEach(() => pages.startAnew(personFacts()));

describe('the pages of vehicles', () => {
  const TYPED = { make: 'LADA Vesta', plateType: '1', grz: 'a 123 bc 178', sts: '78 12 345678' };
  const vehicles = () => pages.app.ask(new VehiclesQuery(pages.accountId));
  const add = async (fields: Partial<typeof TYPED> = {}) => {
    await pages.visitor.open('/profile/vehicles/new');
    return pages.visitor.send('/profile/vehicles', { ...TYPED, ...fields });
  };
  const addOne = async () => {
    await add();
    return (await vehicles())[0]!;
  };

  it('take a vehicle typed in any shape', async () => {
    expect(await add()).toMatchObject({ status: 303, location: '/profile' });
    expect(await vehicles()).toMatchObject([{ make: 'LADA Vesta', grz: 'А123ВС178', sts: '7812345678' }]);
    const { text, html } = await pages.visitor.open('/profile');
    expect(text).toContain('Транспортное средство добавлено');
    expect(text).toContain('А123ВС 178');
    expect(html).toContain('data-copy="А123ВС178"');
  });

  it('read the plate by the type the citizen chose', async () => {
    expect(await add({ plateType: '2', grz: 'АВ1234 78' })).toMatchObject({ status: 303 });
    expect(await add({ plateType: '4', grz: 'АВ1234 78', sts: '7812345679' })).toMatchObject({ status: 422 });
  });

  it('keep what was typed and say what is wrong at each field', async () => {
    const { status, html, text } = await add({ make: '', grz: 'Ж123ВС78', sts: '78123' });
    expect(status).toBe(422);
    expect(text).toContain('Введите марку транспортного средства');
    expect(text).toContain('Проверьте знак: буквы только');
    expect(text).toContain('должно быть 10 знаков');
    expect(html).toContain('value="Ж123ВС78"');
    expect(html).toContain('href="#sts"');
    expect(await vehicles()).toEqual([]);
  });

  it.each([
    ['make[]', { 'make[]': 'x' }],
    ['plateType', { plateType: '99' }],
    ['sts[a]', { 'sts[a]': 'x' }],
  ])('refuse a form that was tampered with (%s)', async (_, fields) => {
    await pages.visitor.open('/profile/vehicles/new');
    const { make, plateType, grz } = TYPED;
    expect((await pages.visitor.send('/profile/vehicles', { make, plateType, grz, ...fields })).status).toBe(422);
  });

  it('refuse a certificate that is there already, at its field', async () => {
    await add();
    const { status, text, html } = await add({ make: 'LADA Granta' });
    expect(status).toBe(409);
    expect(text).toContain('Транспортное средство с этим свидетельством уже добавлено');
    expect(html).toContain('id="sts-error"');
    expect(html).toContain('value="LADA Granta"');
  });

  it('correct a vehicle', async () => {
    const { id, version } = await addOne();
    expect((await pages.visitor.open(`/profile/vehicles/${id}`)).html).toContain('value="7812345678"');
    const corrected = { ...TYPED, make: 'LADA Granta', version: String(version) };
    expect(await pages.visitor.send(`/profile/vehicles/${id}`, corrected)).toMatchObject({
      status: 303,
      location: '/profile',
    });
    expect(await vehicles()).toMatchObject([{ make: 'LADA Granta' }]);
  });

  it('show both versions to a form that is out of date, and take it when it is sent again', async () => {
    const { id, version } = await addOne();
    await pages.visitor.send(`/profile/vehicles/${id}`, { ...TYPED, make: 'LADA Granta', version: String(version) });
    const stale = await pages.visitor.send(`/profile/vehicles/${id}`, {
      ...TYPED,
      make: 'LADA Niva',
      version: String(version),
    });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('LADA Granta');
    expect(stale.html).toContain('value="LADA Niva"');
    const [, current = ''] = /name="version" value="(\d+)"/.exec(stale.html) ?? [];
    expect(
      await pages.visitor.send(`/profile/vehicles/${id}`, { ...TYPED, make: 'LADA Niva', version: current }),
    ).toMatchObject({ status: 303 });
    expect(await vehicles()).toMatchObject([{ make: 'LADA Niva' }]);
  });

  it('remove a vehicle after a question and put it back', async () => {
    const { id } = await addOne();
    expect((await pages.visitor.open(`/profile/vehicles/${id}/remove`)).text).toContain(
      'История штрафов и платежей останется',
    );
    const removed = await pages.visitor.send(`/profile/vehicles/${id}/remove`);
    expect(removed).toMatchObject({ status: 303, location: `/profile/vehicles/${id}/removed` });
    expect((await pages.visitor.open(`/profile/vehicles/${id}/removed`)).text).toContain(
      'Вернуть транспортное средство',
    );
    expect(await vehicles()).toEqual([]);
    expect(await pages.visitor.send(`/profile/vehicles/${id}/restore`)).toMatchObject({
      status: 303,
      location: '/profile',
    });
    expect(await vehicles()).toHaveLength(1);
  });

  it('explain why a vehicle that was typed in again cannot be put back', async () => {
    const { id } = await addOne();
    await pages.visitor.send(`/profile/vehicles/${id}/remove`);
    await add();
    const refused = await pages.visitor.send(`/profile/vehicles/${id}/restore`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('вы уже добавили заново');
  });

  it('answer 404 about somebody else’s, removed or impossible vehicles', async () => {
    const { id } = await addOne();
    await pages.visitor.send(`/profile/vehicles/${id}/remove`);
    expect((await pages.visitor.open(`/profile/vehicles/${id}`)).status).toBe(404);
    await pages.visitor.send(`/profile/vehicles/${id}/restore`);
    pages.become({ accountId: randomUUID() });
    for (const page of ['', '/remove', '/removed'])
      expect((await pages.visitor.open(`/profile/vehicles/${id}${page}`)).status).toBe(404);
    for (const act of ['', '/remove', '/restore']) {
      expect((await pages.visitor.send(`/profile/vehicles/${id}${act}`, { ...TYPED, version: '1' })).status).toBe(404);
    }
    expect((await pages.visitor.open('/profile/vehicles/nonsense')).status).toBe(404);
    expect(await vehicles()).toHaveLength(1);
  });
});
