import { describedVehicle } from '../../../../test/support/profile.js';
import { InvalidMake, VehicleNotFound } from './vehicle.errors.js';
import { VehicleAdded, VehicleRemoved } from './vehicle.events.js';
import { RESTORABLE_DAYS, Vehicle } from './vehicle.js';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const daysLater = (days: number) => new Date(NOW.getTime() + days * 24 * 60 * 60 * 1000);
const ADDED = new VehicleAdded('vehicle-1', 'account-1');
const REMOVED = new VehicleRemoved('vehicle-1', 'account-1');

const addedVehicle = (make?: string) => Vehicle.add('vehicle-1', 'account-1', describedVehicle({ make }), NOW);
const knownVehicle = () => {
  const vehicle = addedVehicle();
  vehicle.pullEvents();
  return vehicle;
};
const removedVehicle = () => {
  const vehicle = knownVehicle();
  vehicle.remove(NOW);
  vehicle.pullEvents();
  return vehicle;
};

describe('a vehicle', () => {
  it('announces that it was added', () => {
    expect(addedVehicle().pullEvents()).toEqual([ADDED]);
  });

  it('keeps the make with single spaces and the numbers normalised', () => {
    const described = describedVehicle({
      make: '  LADA \u00a0 Vesta ',
      plate: 'a 123 bc 178',
      certificate: '78 12 345678',
    });
    expect(Vehicle.add('vehicle-1', 'account-1', described, NOW)).toMatchObject({
      make: 'LADA Vesta',
      grz: 'А123ВС178',
      sts: '7812345678',
    });
  });

  it.each([' ', '\u200b', 'x'.repeat(101)])('refuses a make that is empty, invisible or too long (%#)', (make) => {
    expect(() => addedVehicle(make)).toThrow(InvalidMake);
  });

  it('takes a make of one hundred characters', () => {
    expect(addedVehicle('x'.repeat(100))).toMatchObject({ make: 'x'.repeat(100) });
  });

  it('announces corrected numbers, because fines have to be looked for again', () => {
    const vehicle = knownVehicle();
    vehicle.describe(describedVehicle({ certificate: '7812345679' }));
    expect(vehicle).toMatchObject({ sts: '7812345679' });
    expect(vehicle.pullEvents()).toEqual([ADDED]);
  });

  it('does not announce a corrected make', () => {
    const vehicle = knownVehicle();
    vehicle.describe(describedVehicle({ make: 'LADA Granta' }));
    expect(vehicle).toMatchObject({ make: 'LADA Granta' });
    expect(vehicle.pullEvents()).toEqual([]);
  });

  it('is removed once', () => {
    const vehicle = knownVehicle();
    vehicle.remove(NOW);
    vehicle.remove(daysLater(1));
    expect(vehicle).toMatchObject({ removedAt: NOW });
    expect(vehicle.pullEvents()).toEqual([REMOVED]);
  });

  it('cannot be corrected after removal', () => {
    expect(() => removedVehicle().describe(describedVehicle())).toThrow(VehicleNotFound);
  });

  it('can be put back for a while', () => {
    const vehicle = removedVehicle();
    vehicle.restore(daysLater(RESTORABLE_DAYS));
    expect(vehicle).toMatchObject({ removedAt: null });
    expect(vehicle.pullEvents()).toEqual([ADDED]);
  });

  it('cannot be put back later than that', () => {
    const tooLate = new Date(daysLater(RESTORABLE_DAYS).getTime() + 1);
    expect(() => removedVehicle().restore(tooLate)).toThrow(VehicleNotFound);
  });

  it('says nothing when a vehicle that is there is put back', () => {
    const vehicle = knownVehicle();
    vehicle.restore(NOW);
    expect(vehicle.pullEvents()).toEqual([]);
  });
});
