import { LEGAL_TIME_ZONE } from '../../../kernel/legal-day.js';
import { InvalidDeliveryWindow } from './preferences.errors.js';

const MINUTES_A_DAY = 24 * 60;

/**
 * Hours of the Moscow day in which SMS and push may disturb (§9.2). It may cross midnight; equal bounds mean round the clock.
 * The end is exclusive: at 21:00 sharp of 09:00–21:00 it is already quiet.
 */
export class DeliveryWindow {
  private constructor(
    /** `HH:MM`. */
    readonly from: string,
    /** `HH:MM`. */
    readonly until: string,
  ) {}

  static readonly default = new DeliveryWindow('09:00', '21:00');

  /** Throws InvalidDeliveryWindow for anything but two times of day written `HH:MM`. */
  static of(from: string, until: string): DeliveryWindow {
    for (const time of [from, until]) if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new InvalidDeliveryWindow();
    return new DeliveryWindow(from, until);
  }

  isOpenAt(instant: Date): boolean {
    const start = minutesOf(this.from);
    const length = (minutesOf(this.until) - start + MINUTES_A_DAY) % MINUTES_A_DAY;
    if (length === 0) return true;
    const local = moscow(instant);
    return (local.hour * 60 + local.minute - start + MINUTES_A_DAY) % MINUTES_A_DAY < length;
  }

  /** The instant itself while the window is open, else its next beginning. */
  nextOpening(instant: Date): Date {
    if (this.isOpenAt(instant)) return instant;
    const local = moscow(instant);
    const today = local.withPlainTime(this.from);
    const opening = Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 });
    return new Date(opening.epochMilliseconds);
  }
}

const moscow = (instant: Date) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(LEGAL_TIME_ZONE);

const minutesOf = (time: string): number => {
  const { hour, minute } = Temporal.PlainTime.from(time);
  return hour * 60 + minute;
};
