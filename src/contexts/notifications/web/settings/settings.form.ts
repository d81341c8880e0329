import { Type } from 'class-transformer';
import { IsInt, IsObject, Matches } from 'class-validator';
import { type ChangePreferences } from '../../application/change-preferences.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const STALE = 'Откройте настройки заново';

/** The whole page of settings as sent: checked boxes by kind, hours, and the version the page was opened with. */
export class SettingsForm {
  /** Kind to checked channels; a kind without any is absent. */
  @IsObject({ message: STALE })
  channels: Record<string, unknown> = {};

  @Matches(TIME, { message: 'Введите начало периода, например 09:00' })
  windowFrom = '';

  @Matches(TIME, { message: 'Введите конец периода, например 21:00' })
  windowUntil = '';

  @Type(() => Number)
  @IsInt({ message: STALE })
  version = 0;
}

export class ResetForm {
  @Type(() => Number)
  @IsInt({ message: STALE })
  version = -1;
}

export const choiceOf = ({ channels, windowFrom, windowUntil }: SettingsForm): ChangePreferences['choice'] => ({
  matrix: Object.fromEntries(Object.entries(channels).map(([kind, chosen]) => [kind, [chosen].flat().map(String)])),
  windowFrom,
  windowUntil,
});
