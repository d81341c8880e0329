import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeliveryWindow } from '../domain/delivery-window.js';
import { DEFAULT_MATRIX } from '../domain/preferences.js';
import { PreferencesRepository } from '../domain/preferences.repository.js';

/** Replaces all preferences at once. Throws UnknownPreference, InvalidDeliveryWindow, StalePreferences. */
export class ChangePreferences extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly choice: {
      /** Kind to channels. A kind left out has none chosen. */
      readonly matrix: Readonly<Record<string, readonly string[]>>;
      /** `HH:MM`, Moscow. */
      readonly windowFrom: string;
      readonly windowUntil: string;
    },
    /** Version the form was opened with. */
    readonly seenVersion: number,
  ) {
    super();
  }
}

@CommandHandler(ChangePreferences)
export class ChangePreferencesHandler implements ICommandHandler<ChangePreferences> {
  constructor(private readonly preferences: PreferencesRepository) {}

  async execute({ accountId, choice, seenVersion }: ChangePreferences): Promise<void> {
    const preferences = await this.preferences.get(accountId);
    preferences.replace(choice.matrix, DeliveryWindow.of(choice.windowFrom, choice.windowUntil), seenVersion);
    await this.preferences.save(preferences);
  }
}

/** Back to what a new account has. Throws StalePreferences. */
export class ResetPreferences extends Command<void> {
  constructor(
    readonly accountId: string,
    readonly seenVersion: number,
  ) {
    super();
  }
}

@CommandHandler(ResetPreferences)
export class ResetPreferencesHandler implements ICommandHandler<ResetPreferences> {
  constructor(private readonly preferences: PreferencesRepository) {}

  async execute({ accountId, seenVersion }: ResetPreferences): Promise<void> {
    const preferences = await this.preferences.get(accountId);
    preferences.replace(DEFAULT_MATRIX, DeliveryWindow.default, seenVersion);
    await this.preferences.save(preferences);
  }
}
