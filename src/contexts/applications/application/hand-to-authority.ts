import { EventsHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { type Reaction } from '../../../kernel/domain-event.js';
import { ApplicationSubmitted } from '../domain/service-application.events.js';
import { ServiceApplicationRepository } from '../domain/service-application.repository.js';

/** A submitted application appears in the queue of its authority, which works in our back-office: that is its sending. */
@EventsHandler(ApplicationSubmitted)
export class HandToAuthority implements Reaction<ApplicationSubmitted> {
  constructor(
    private readonly applications: ServiceApplicationRepository,
    private readonly clock: Clock,
  ) {}

  async handle({ applicationId }: ApplicationSubmitted): Promise<void> {
    const application = await this.applications.find(applicationId);
    if (!application) return;
    application.send(this.clock.now());
    await this.applications.save(application);
  }
}
