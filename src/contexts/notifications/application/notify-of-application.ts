import { CommandBus, EventsHandler } from '@nestjs/cqrs';
import { type EventEnvelope, type Reaction } from '../../../kernel/domain-event.js';
import { type ApplicationStatus, ApplicationStatusChanged, ApplicationSubmitted } from '../../applications/public.js';
import { applicationPage, applicationWaits } from './links.js';
import { Notify } from './notify.js';

/** In these the application waits for the citizen; any further status ends the waiting. */
const WAITING: readonly ApplicationStatus[] = [
  'AWAITING_PAYMENT',
  'AWAITING_INFO',
  'NEEDS_CORRECTION',
  'DELIVERY_ERROR',
];

@EventsHandler(ApplicationSubmitted)
export class NotifyOfSubmittedApplication implements Reaction<ApplicationSubmitted> {
  constructor(private readonly commands: CommandBus) {}

  async handle(
    { applicationId, applicantId, registrationNumber }: ApplicationSubmitted,
    { id }: EventEnvelope,
  ): Promise<void> {
    const relation = { link: applicationPage(applicationId) };
    await this.commands.execute(new Notify(applicantId, id, 'application-SUBMITTED', { registrationNumber }, relation));
  }
}

@EventsHandler(ApplicationStatusChanged)
export class NotifyOfApplicationStatus implements Reaction<ApplicationStatusChanged> {
  constructor(private readonly commands: CommandBus) {}

  async handle(event: ApplicationStatusChanged, { id }: EventEnvelope): Promise<void> {
    const { applicationId, applicantId, registrationNumber, status, respondBy } = event;
    const waits = applicationWaits(applicationId);
    const relation = {
      link: applicationPage(applicationId),
      about: WAITING.includes(status) ? waits : null,
      settles: waits,
    };
    await this.commands.execute(
      new Notify(applicantId, id, `application-${status}`, { registrationNumber, respondBy }, relation),
    );
  }
}
