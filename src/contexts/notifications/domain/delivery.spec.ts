import { Delivery } from './delivery.js';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const queued = () =>
  Delivery.queue({
    id: 'delivery-1',
    notificationId: 'notification-1',
    accountId: 'account-1',
    kind: 'APPLICATION_STATUS',
    eventId: 'event-1',
    channel: 'SMS',
    title: 'Заявление',
    body: 'Принято',
    about: null,
    sendAt: NOW,
    now: NOW,
  });
const taken = () => {
  const delivery = queued();
  delivery.take(NOW);
  return delivery;
};

describe('a delivery', () => {
  it('waits for its time', () => {
    expect(queued()).toMatchObject({ outcome: { state: 'QUEUED', attempts: 0, problem: null }, dueAt: NOW });
  });

  it('comes back after five minutes should its sender die', () => {
    expect(taken()).toMatchObject({ outcome: { state: 'SENDING', attempts: 1 }, dueAt: inMinutes(5) });
  });

  it('is over when the channel accepts it', () => {
    const delivery = taken();
    delivery.handedOver();
    expect(delivery).toMatchObject({ outcome: { state: 'SENT', attempts: 1, problem: null }, dueAt: null });
  });

  it('is tried again after 1, 5, 30 minutes and 2 hours, then given up', () => {
    const delivery = queued();
    const pauses = [1, 5, 30, 120].map((minutes) => {
      delivery.take(NOW);
      delivery.failedOnce('UNAVAILABLE', NOW);
      return { minutes, dueAt: delivery.dueAt };
    });
    expect(pauses).toEqual([1, 5, 30, 120].map((minutes) => ({ minutes, dueAt: inMinutes(minutes) })));
    delivery.take(NOW);
    delivery.failedOnce('UNAVAILABLE', NOW);
    expect(delivery).toMatchObject({ outcome: { state: 'FAILED', attempts: 5, problem: 'UNAVAILABLE' }, dueAt: null });
  });

  it('waits as long as the channel asks when that is longer', () => {
    const delivery = taken();
    delivery.failedOnce('UNAVAILABLE', NOW, inMinutes(10));
    expect(delivery.dueAt).toEqual(inMinutes(10));
    const other = taken();
    other.failedOnce('UNAVAILABLE', NOW, new Date(NOW.getTime() + 1000));
    expect(other.dueAt).toEqual(inMinutes(1));
  });

  it('is dropped, not failed, when no address turned up in the end', () => {
    const delivery = queued();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      delivery.take(NOW);
      delivery.failedOnce('NO_ADDRESS', NOW);
    }
    expect(delivery.outcome).toEqual({ state: 'DROPPED', attempts: 5, problem: 'NO_ADDRESS' });
  });

  it('is not tried again when it was refused', () => {
    const delivery = taken();
    delivery.refused();
    expect(delivery).toMatchObject({ outcome: { state: 'FAILED', problem: 'REFUSED' }, dueAt: null });
  });

  it('loses no attempt when its hour has not come', () => {
    const delivery = taken();
    delivery.postpone(inMinutes(600));
    expect(delivery).toMatchObject({ outcome: { state: 'QUEUED', attempts: 0 }, dueAt: inMinutes(600) });
  });

  it('is given up when its senders died five times', () => {
    const delivery = queued();
    const takes = Array.from({ length: 6 }, () => delivery.take(NOW));
    expect(takes).toEqual([true, true, true, true, true, false]);
    expect(delivery).toMatchObject({ outcome: { state: 'FAILED', attempts: 5, problem: 'INTERRUPTED' }, dueAt: null });
  });
});
