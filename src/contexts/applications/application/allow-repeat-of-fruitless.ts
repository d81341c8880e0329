import { EventsHandler } from '@nestjs/cqrs';
import { type Reaction } from '../../../kernel/domain-event.js';
import { DraftRepository } from '../domain/draft.repository.js';
import { ApplicationStatusChanged } from '../domain/service-application.events.js';

/** «Подать снова»: after a refusal or a withdrawal the same may be asked for again, so it no longer counts as a duplicate. */
@EventsHandler(ApplicationStatusChanged)
export class AllowRepeatOfFruitless implements Reaction<ApplicationStatusChanged> {
  constructor(private readonly drafts: DraftRepository) {}

  async handle({ applicationId, status }: ApplicationStatusChanged): Promise<void> {
    if (status !== 'CANCELLED' && status !== 'REFUSED') return;
    const draft = await this.drafts.ofApplication(applicationId);
    if (!draft) return;
    draft.allowRepeat();
    await this.drafts.save(draft);
  }
}
