import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { type Contacts, ContactsQuery } from '../../profile/public.js';
import { DeliveryQueue } from '../domain/delivery-queue.js';
import { type Delivery } from '../domain/delivery.js';
import { OUTWARD_CHANNELS } from '../domain/notification-kind.js';
import { PreferencesRepository } from '../domain/preferences.repository.js';
import { PushDeviceRepository } from '../domain/push-device.repository.js';
import { ChannelUnavailable, MessageRefused } from './ports/channel.errors.js';
import { EmailSender } from './ports/email-sender.js';
import { PushSender } from './ports/push-sender.js';
import { SmsReceipts, SmsSender } from './ports/sms-sender.js';
import { Wording } from './ports/wording.js';

/**
 * Sends what is due: everything, or what is due of one notification. Safe to run at once in many processes. A message leaves
 * twice only if the process dies between the channel's "accepted" and our saving of it; a letter then carries the same
 * Message-ID and a push the same topic, an SMS cannot be told from its repeat.
 */
export class SendDeliveries extends Command<void> {
  constructor(readonly notificationId?: string) {
    super();
  }
}

/** So few that all of them end before their lease does, even if each waits for a time-out of its channel. */
const BATCH = 20;

@CommandHandler(SendDeliveries)
export class SendDeliveriesHandler implements ICommandHandler<SendDeliveries> {
  constructor(
    private readonly queue: DeliveryQueue,
    private readonly preferences: PreferencesRepository,
    private readonly devices: PushDeviceRepository,
    private readonly queries: QueryBus,
    private readonly wording: Wording,
    private readonly sms: SmsSender,
    private readonly receipts: SmsReceipts,
    private readonly email: EmailSender,
    private readonly push: PushSender,
    private readonly clock: Clock,
  ) {}

  async execute({ notificationId }: SendDeliveries): Promise<void> {
    for (let taken = BATCH; taken === BATCH;) {
      const due = await this.queue.takeDue(this.clock.now(), BATCH, notificationId);
      taken = due.length;
      // One channel that hangs must not hold the others up.
      const lanes = OUTWARD_CHANNELS.map((channel) =>
        this.sendOneByOne(due.filter((delivery) => delivery.channel === channel)),
      );
      const broken = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
      if (broken) throw broken.reason;
    }
  }

  /** An unexpected error of one message is thrown when the others have had their turn. */
  private async sendOneByOne(deliveries: readonly Delivery[]): Promise<void> {
    const failures: unknown[] = [];
    for (const delivery of deliveries) await this.attempt(delivery).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const now = this.clock.now();
    const preferences = await this.preferences.get(delivery.accountId);
    if (!preferences.stillAllows(delivery.kind, delivery.channel)) delivery.drop('SWITCHED_OFF');
    else if (delivery.channel !== 'EMAIL' && !preferences.window.isOpenAt(now))
      delivery.postpone(preferences.window.nextOpening(now));
    else return this.send(delivery, now);
    await this.queue.save(delivery);
  }

  private async send(delivery: Delivery, now: Date): Promise<void> {
    try {
      const messageIds = await this.handOver(delivery);
      delivery.handedOver();
      await this.queue.save(delivery);
      await this.receipts.expect(delivery.id, messageIds);
    } catch (error) {
      if (delivery.outcome.state === 'SENT') throw error;
      if (error instanceof MessageRefused) delivery.refused();
      else if (error instanceof NoAddress) delivery.failedOnce('NO_ADDRESS', now);
      else delivery.failedOnce('UNAVAILABLE', now, retryTime(error, now));
      await this.queue.save(delivery);
      if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    }
  }

  /** Answers the ids under which receipts will come, if the channel has any. */
  private async handOver(delivery: Delivery): Promise<readonly string[]> {
    if (delivery.channel === 'PUSH') return this.pushToAll(delivery);
    const contacts = await this.queries.execute(new ContactsQuery(delivery.accountId));
    return delivery.channel === 'SMS' ? this.text(delivery, contacts) : this.post(delivery, contacts);
  }

  private async text(delivery: Delivery, { mobile }: Contacts): Promise<readonly string[]> {
    if (!mobile) throw new NoAddress();
    return (await this.sms.send({ to: mobile, text: delivery.body })).messageIds;
  }

  private async post(delivery: Delivery, { email, firstName, middleName }: Contacts): Promise<readonly string[]> {
    if (!email) throw new NoAddress();
    const letter = this.wording.letter({ title: delivery.title, text: delivery.body, firstName, middleName });
    await this.email.send({ ...letter, to: email, deliveryId: delivery.id });
    return [];
  }

  /** One device reached is enough; devices that have withdrawn are unlinked. */
  private async pushToAll(delivery: Delivery): Promise<readonly string[]> {
    const devices = await this.devices.ofAccount(delivery.accountId);
    let accepted = 0;
    for (const device of devices) {
      const answer = await this.push.send(device, {
        title: delivery.title,
        body: delivery.body,
        deliveryId: delivery.id,
      });
      if (answer === 'accepted') accepted += 1;
      else await this.devices.remove(device);
    }
    if (accepted === 0) throw new NoAddress();
    return [];
  }
}

/** The citizen has no confirmed address of this kind; the profile may still bring one. */
class NoAddress extends Error {}

const EXPECTED = [ChannelUnavailable, MessageRefused, NoAddress];

const retryTime = (error: unknown, now: Date): Date | null =>
  error instanceof ChannelUnavailable && error.retryAfterSeconds !== null
    ? new Date(now.getTime() + error.retryAfterSeconds * 1000)
    : null;
