import { type FormErrors } from '../../../../platform/http/read-form.js';
import { formatDate } from '../../../../platform/views/format.js';
import { type ChangePreferences } from '../../application/change-preferences.js';
import { type NotificationSettings } from '../../application/notification-settings.query.js';
import {
  CHANNELS,
  type Channel,
  NOTIFICATION_KINDS,
  type NotificationKind,
  REFUSABLE_KINDS,
} from '../../domain/notification-kind.js';
import { matrixOf } from '../../domain/preferences.js';

type Choice = ChangePreferences['choice'];

/** Words of seed 000. */
const KIND_WORDS: Readonly<Record<NotificationKind, string>> = {
  TRAFFIC_FINES: 'Штрафы ГИБДД',
  CHILD_CHARGES: 'Начисления на детей',
  APPLICATION_STATUS: 'Изменения статусов заявлений',
  DOCTOR_APPOINTMENT: 'Запись на приём к врачу',
  CHECKUP: 'Прохождение диспансеризации',
  CHILD_CHECKUP: 'Прохождение диспансеризации вашими детьми',
  CHILD_ESIA_REGISTRATION: 'Регистрация ваших детей в ЕСИА',
  DOCUMENT_EXPIRY: 'Истечение срока действия документов',
};

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  SMS: 'SMS',
  EMAIL: 'Почта',
  PUSH: 'Push',
  FEED: 'Кабинет',
};

const CHANNEL_WORDS_IN_LIST: Readonly<Record<Channel, string>> = {
  SMS: 'SMS',
  EMAIL: 'почта',
  PUSH: 'push',
  FEED: 'в кабинете',
};

const UNREADY_WORDS = {
  SMS: 'SMS пока не придут: на Госуслугах нет подтверждённого номера телефона.',
  EMAIL: 'Письма пока не придут: на Госуслугах нет подтверждённой электронной почты.',
  PUSH: 'Push-уведомления пока не придут: не привязано ни одно устройство.',
} as const;

const NOTHING = 'ничего';
const BREADCRUMB = [{ text: 'Настройки' }];

const isReady = ({ ready }: NotificationSettings, channel: Channel): boolean => channel === 'FEED' || ready[channel];

/** The box of one channel of one kind. A box that cannot be changed keeps its choice in a hidden field. */
const boxOf = (settings: NotificationSettings, kind: NotificationKind, channel: Channel, chosen: readonly string[]) => {
  const fixed = channel === 'FEED' && !REFUSABLE_KINDS.includes(kind);
  const disabled = fixed || !isReady(settings, channel);
  const checked = fixed || chosen.includes(channel);
  return {
    id: `channels.${kind}.${channel}`,
    name: `channels[${kind}][]`,
    value: channel,
    label: `${KIND_WORDS[kind]}: ${CHANNEL_WORDS[channel]}`,
    channel: CHANNEL_WORDS[channel],
    checked,
    disabled,
    kept: disabled && checked,
  };
};

/** What `templates/notifications/settings.hbs` prints; `typed` is what a refused form holds. */
export function settingsPage(
  settings: NotificationSettings,
  typed?: { choice: Choice; version: number },
  errors: FormErrors | null = null,
) {
  const { matrix, windowFrom, windowUntil } = typed?.choice ?? settings;
  return {
    title: 'Настройки',
    breadcrumb: BREADCRUMB,
    errors,
    version: typed?.version ?? settings.version,
    channels: CHANNELS.map((channel) => ({ name: CHANNEL_WORDS[channel], unready: !isReady(settings, channel) })),
    kinds: NOTIFICATION_KINDS.map((kind) => ({
      name: KIND_WORDS[kind],
      boxes: CHANNELS.map((channel) => boxOf(settings, kind, channel, matrix[kind] ?? [])),
    })),
    unready: (['SMS', 'EMAIL', 'PUSH'] as const)
      .filter((channel) => !settings.ready[channel])
      .map((channel) => UNREADY_WORDS[channel]),
    form: { windowFrom, windowUntil },
    devices: settings.devices.map(({ name, linkedAt }) => ({ name, linkedAt: formatDate(linkedAt) })),
    isDefault: settings.version === 0,
  };
}

const describe = (chosen: readonly string[]): string =>
  CHANNELS.filter((channel) => chosen.includes(channel))
    .map((channel) => CHANNEL_WORDS_IN_LIST[channel])
    .join(', ') || NOTHING;

/** What `templates/notifications/settings-conflict.hbs` prints: both versions, and the citizen's one ready to be sent again. */
export function conflictPage(saved: NotificationSettings, mine: Choice) {
  const matrix = matrixOf(mine.matrix);
  const hours = ({ windowFrom, windowUntil }: { windowFrom: string; windowUntil: string }) =>
    `${windowFrom}–${windowUntil}`;
  const rows = [
    ...NOTIFICATION_KINDS.map((kind) => ({
      name: KIND_WORDS[kind],
      mine: describe(matrix[kind]),
      saved: describe(saved.matrix[kind] ?? []),
    })),
    { name: 'Часы SMS и push', mine: hours(mine), saved: hours(saved) },
  ];
  return {
    title: 'Настройки изменились в другом окне',
    breadcrumb: BREADCRUMB,
    version: saved.version,
    rows: rows.map((row) => ({ ...row, differs: row.mine !== row.saved })),
    fields: [
      ...NOTIFICATION_KINDS.flatMap((kind) =>
        matrix[kind].map((channel) => ({ name: `channels[${kind}][]`, value: channel })),
      ),
      { name: 'windowFrom', value: mine.windowFrom },
      { name: 'windowUntil', value: mine.windowUntil },
    ],
  };
}

/** What `templates/notifications/settings-reset.hbs` prints. */
export function resetPage({ version }: NotificationSettings) {
  return {
    title: 'Вернуть настройки по умолчанию?',
    breadcrumb: [{ text: 'Настройки', href: '/settings' }, { text: 'Настройки по умолчанию' }],
    version,
  };
}
