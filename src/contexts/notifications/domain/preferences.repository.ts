import { type Preferences } from './preferences.js';

/** Where preferences are kept. */
export abstract class PreferencesRepository {
  /** The defaults when the account never saved any. */
  abstract get(accountId: string): Promise<Preferences>;

  /** Throws StalePreferences when another save came between. */
  abstract save(preferences: Preferences): Promise<void>;
}
