import { DeliveryWindow } from './delivery-window.js';
import { StalePreferences, UnknownPreference } from './preferences.errors.js';
import { DEFAULT_MATRIX, Preferences } from './preferences.js';

const preferences = () => Preferences.byDefault('account-1');
const replaced = (choice: Record<string, string[]>) => {
  const changed = preferences();
  changed.replace({ ...DEFAULT_MATRIX, ...choice }, DeliveryWindow.default, 0);
  return changed;
};

describe('preferences', () => {
  it('tell of application statuses by every channel unless changed', () => {
    expect(preferences().channelsFor('application-ACCEPTED')).toEqual(['SMS', 'EMAIL', 'PUSH', 'FEED']);
  });

  it('spare an SMS for a new fine unless asked for', () => {
    expect(preferences().channelsFor('fine-found')).toEqual(['EMAIL', 'PUSH', 'FEED']);
  });

  it.each(['application-SENT', 'application-CANCELLING'] as const)('keep %s inside the portal', (topic) => {
    expect(preferences().channelsFor(topic)).toEqual(['FEED']);
  });

  it('take a new choice whole', () => {
    const changed = replaced({ TRAFFIC_FINES: ['SMS'], APPLICATION_STATUS: ['EMAIL', 'FEED'] });
    expect(changed.channelsFor('fine-found')).toEqual(['SMS', 'FEED']);
    expect(changed.channelsFor('application-ACCEPTED')).toEqual(['EMAIL', 'FEED']);
    expect(changed.channels.DOCUMENT_EXPIRY).toEqual(DEFAULT_MATRIX.DOCUMENT_EXPIRY);
  });

  it('cannot switch the feed off for statuses', () => {
    expect(replaced({ APPLICATION_STATUS: [] }).channelsFor('application-ACCEPTED')).toEqual(['FEED']);
  });

  it('may refuse fines altogether, except the outcome of a payment just made', () => {
    const refused = replaced({ TRAFFIC_FINES: [] });
    expect(refused.channelsFor('fine-found')).toEqual([]);
    expect(refused.channelsFor('fine-paid')).toEqual(['FEED']);
  });

  it('cannot switch off messages about safety', () => {
    const silent = preferences();
    silent.replace({}, DeliveryWindow.default, 0);
    expect(silent.channelsFor('signed-in')).toEqual(['EMAIL', 'FEED']);
    expect(silent.stillAllows('SECURITY', 'EMAIL')).toBe(true);
  });

  it('let a waiting message go only while its channel is still chosen', () => {
    const changed = replaced({ APPLICATION_STATUS: ['EMAIL'] });
    expect(changed.stillAllows('APPLICATION_STATUS', 'EMAIL')).toBe(true);
    expect(changed.stillAllows('APPLICATION_STATUS', 'SMS')).toBe(false);
  });

  it('refuse a form opened before another save', () => {
    expect(() => preferences().replace(DEFAULT_MATRIX, DeliveryWindow.default, 1)).toThrow(StalePreferences);
  });

  it.each<[Record<string, string[]>]>([
    [{ HOROSCOPE: ['SMS'] }],
    [{ TRAFFIC_FINES: ['PIGEON'] }],
    [{ constructor: ['SMS'] }],
  ])('refuse the unknown kind or channel %j', (choice) => {
    expect(() => preferences().replace(choice, DeliveryWindow.default, 0)).toThrow(UnknownPreference);
  });
});
