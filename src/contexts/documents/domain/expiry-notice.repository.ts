import { type ExpiringDocument, type ExpiryNotice } from './expiry-notice.js';

/** Documents whose end is near, and what was told of them. */
export abstract class ExpiryNoticeRepository {
  /**
   * Documents whose last valid day is one of these (both ends count), in a fixed order, `limit` at a time; `after` is the last one of the
   * answer before. Left out are removed ones, typed copies that gave way to ESIA's on `today`, and those whose owner has another of the kind
   * for the same person that ends later or never.
   */
  abstract expiring(
    days: { readonly from: string; readonly to: string; readonly today: string },
    after: ExpiringDocument | null,
    limit: number,
  ): Promise<ExpiringDocument[]>;
  /** Stores the notices with their events, all or none. */
  abstract add(notices: readonly ExpiryNotice[]): Promise<void>;
  /** All documents were looked through for this day. */
  abstract isRoundOver(day: string): Promise<boolean>;
  /** Repeating it changes nothing. */
  abstract endRound(day: string, now: Date): Promise<void>;
  /** Notices and rounds of before that day are needed no more. */
  abstract forgetBefore(day: string): Promise<void>;
}
