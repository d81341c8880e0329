import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { type Channel, OUTWARD_CHANNELS, type OutwardChannel } from '../domain/notification-kind.js';
import { DeliveryQueue } from '../domain/delivery-queue.js';
import { Delivery } from '../domain/delivery.js';
import { Notification } from '../domain/notification.js';
import { NotificationRepository } from '../domain/notification.repository.js';
import { type Preferences } from '../domain/preferences.js';
import { PreferencesRepository } from '../domain/preferences.repository.js';
import { PushDeviceRepository } from '../domain/push-device.repository.js';
import { rulesOf, type Topic } from '../domain/topics.js';
import { type Facts, Wording } from './ports/wording.js';

/** Tells an account of an event: an entry of the feed, and deliveries by the citizen's preferences. Repeating it changes nothing. */
export class Notify extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly eventId: string,
    readonly topic: Topic,
    readonly facts: Facts,
    readonly relation: {
      /** Page of the portal the entry leads to. */
      readonly link: string | null;
      /** What must still be so when a delayed message goes out. */
      readonly about?: string | null;
      /** What this event ends: waiting messages about it are dropped (§9.2, stale). */
      readonly settles?: string | null;
    },
  ) {
    super();
  }
}

@CommandHandler(Notify)
export class NotifyHandler implements ICommandHandler<Notify> {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly queue: DeliveryQueue,
    private readonly preferences: PreferencesRepository,
    private readonly devices: PushDeviceRepository,
    private readonly wording: Wording,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, eventId, topic, facts, relation }: Notify): Promise<void> {
    const { kind } = rulesOf(topic);
    if (await this.notifications.isTold(accountId, kind, eventId)) return;
    const preferences = await this.preferences.get(accountId);
    const channels = preferences.channelsFor(topic);
    if (channels.length === 0) return;

    const now = this.clock.now();
    const { title, text, short } = this.wording.announcement(topic, facts);
    const outward = await this.outwardChannels(accountId, channels);
    const notificationId = this.ids.next();
    const notification = Notification.announce({
      id: notificationId,
      accountId,
      eventId,
      topic,
      title,
      text,
      link: relation.link,
      leavesPortal: outward.length > 0,
      now,
    });
    const deliveries = outward.map((channel) =>
      Delivery.queue({
        id: this.ids.next(),
        notificationId,
        accountId,
        kind,
        eventId,
        channel,
        title,
        body: channel === 'EMAIL' ? text : short,
        about: relation.about ?? null,
        sendAt: sendingTime(channel, preferences, now),
        now,
      }),
    );
    const outdated = relation.settles ? await this.queue.waitingAbout(accountId, relation.settles) : [];
    for (const delivery of outdated) delivery.drop('SETTLED');
    await this.notifications.add(notification, [...deliveries, ...outdated]);
  }

  /** Push needs a linked device; a missing address may still come, so SMS and e-mail are queued in any case. */
  private async outwardChannels(accountId: string, channels: readonly Channel[]): Promise<readonly OutwardChannel[]> {
    const outward = OUTWARD_CHANNELS.filter((channel) => channels.includes(channel));
    if (!outward.includes('PUSH') || (await this.devices.ofAccount(accountId)).length > 0) return outward;
    return outward.filter((channel) => channel !== 'PUSH');
  }
}

/** Letters wait for nobody; SMS and push only come in the citizen's hours (§9.2). */
const sendingTime = (channel: OutwardChannel, preferences: Preferences, now: Date): Date =>
  channel === 'EMAIL' ? now : preferences.window.nextOpening(now);
