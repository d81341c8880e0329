import { personFacts } from '../../../../test/support/profile.js';
import { ProfileRefreshed } from './person.events.js';
import { Person } from './person.js';

const NOON = new Date('2026-11-22T09:00:00.000Z');
const LATER = new Date('2026-11-22T09:05:00.000Z');

const mirrored = () => {
  const person = Person.mirror('account-1', personFacts(), NOON);
  person.pullEvents();
  return person;
};

describe('the mirror of a person', () => {
  it('announces the first reading', () => {
    expect(Person.mirror('account-1', personFacts(), NOON).pullEvents()).toEqual([
      new ProfileRefreshed('account-1', NOON.toISOString()),
    ]);
  });

  it('takes a newer reading whole and announces it', () => {
    const person = mirrored();
    person.refresh(personFacts({ lastName: 'Осенняя' }), LATER);
    expect(person).toMatchObject({ facts: { lastName: 'Осенняя' }, refreshedAt: LATER });
    expect(person.pullEvents()).toEqual([new ProfileRefreshed('account-1', LATER.toISOString())]);
  });

  it('keeps what it has when an older reading comes late', () => {
    const person = mirrored();
    person.refresh(personFacts({ lastName: 'Весенняя' }), new Date(NOON.getTime() - 1));
    expect(person).toMatchObject({ facts: { lastName: 'Летняя' }, refreshedAt: NOON });
    expect(person.pullEvents()).toEqual([]);
  });
});
