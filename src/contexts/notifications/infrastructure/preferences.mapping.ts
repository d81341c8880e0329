import { defineEntity, p } from '@mikro-orm/core';
import { mapped } from '../../../platform/persistence/mapped.js';
import { type ChannelMatrix, Preferences } from '../domain/preferences.js';

export const PreferencesMapping = defineEntity({
  class: mapped(Preferences),
  schema: 'notifications',
  tableName: 'preferences',
  properties: {
    accountId: p.uuid().primary(),
    matrix: p.json<ChannelMatrix>(),
    windowFrom: p.text(),
    windowUntil: p.text(),
    version: p.integer().version(),
  },
});
