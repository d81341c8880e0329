import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { addDays, legalDayOf } from '../../../kernel/legal-day.js';
import { type ExpiringDocument, EXPIRY_TOLD_LATE_DAYS, ExpiryNotice } from '../domain/expiry-notice.js';
import { ExpiryNoticeRepository } from '../domain/expiry-notice.repository.js';
import { EXPIRY_STEPS } from '../domain/personal-document.events.js';

const BATCH = 500;
/** Notices are kept a while longer than they can be asked for. */
const KEPT_DAYS = 2 * EXPIRY_TOLD_LATE_DAYS;

/**
 * Tells owners whose documents end in 90, 30 or 7 days or today: once for each step. A day's work is done once; broken off, it is taken up
 * again at the next run, and what was told stays told.
 */
export class TellOfExpiry extends Command<void> {}

@CommandHandler(TellOfExpiry)
export class TellOfExpiryHandler implements ICommandHandler<TellOfExpiry> {
  constructor(
    private readonly notices: ExpiryNoticeRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.now();
    const today = legalDayOf(now);
    if (await this.notices.isRoundOver(today)) return;
    const days = { from: addDays(today, -EXPIRY_TOLD_LATE_DAYS), to: addDays(today, EXPIRY_STEPS[0]), today };
    let batch: ExpiringDocument[];
    let last: ExpiringDocument | null = null;
    do {
      batch = await this.notices.expiring(days, last, BATCH);
      await this.notices.add(
        batch.map((document) => ExpiryNotice.due(document, today, now)).filter((notice) => notice !== null),
      );
      last = batch.at(-1) ?? null;
    } while (batch.length === BATCH);
    await this.notices.forgetBefore(addDays(today, -KEPT_DAYS));
    await this.notices.endRound(today, now);
  }
}
