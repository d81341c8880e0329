/** The refusals ESIA answers with, by code: OAuth name and the Russian sentence that follows `ESIA-<code>: `. */
const REFUSALS = {
  '007002': ['unauthorized_client', 'Сертификат и мнемоника информационной системы не соответствуют друг другу'],
  '007003': [
    'invalid_request',
    'В запросе отсутствует обязательный параметр, либо параметр указан неверно или повторно',
  ],
  '007004': ['access_denied', 'Владелец ресурса или сервис авторизации отклонил запрос'],
  '007005': ['unauthorized_client', 'Система-клиент не имеет права использовать данный метод'],
  '007006': ['invalid_scope', 'Запрошенная область доступа указана неверно'],
  '007007': ['server_error', 'Возникла неожиданная ошибка в работе сервиса авторизации'],
  '007008': ['temporarily_unavailable', 'Сервис авторизации в настоящее время перегружен'],
  '007009': ['unsupported_grant_type', 'Сервис авторизации не поддерживает данный метод'],
  '007011': [
    'invalid_grant',
    'Код авторизации или маркер обновления недействителен, просрочен, отозван или выдан другой системе',
  ],
  '007012': ['unsupported_response_type', 'Тип кода авторизации не поддерживается'],
  '007013': ['invalid_scope', 'Запрос не содержит указания на область доступа'],
  '007014': ['invalid_request', 'Запрос не содержит обязательного параметра'],
  '007015': ['invalid_request', 'Неверное время запроса'],
  '007019': ['access_denied', 'Отсутствует разрешение на доступ'],
  '007023': ['invalid_request', 'Указанный redirect_uri не зарегистрирован для системы-клиента'],
  '007053': ['unauthorized_client', 'client_secret не соответствует сертификату или системе-клиенту'],
  '007055': ['access_denied', 'Вход в систему разрешён только подтверждённым учётным записям'],
  '008010': ['unauthorized_client', 'Не удалось произвести аутентификацию системы-клиента'],
} as const satisfies Record<string, readonly [string, string]>;

export type EsiaErrorCode = keyof typeof REFUSALS;

export const isEsiaErrorCode = (code: string): code is EsiaErrorCode => Object.hasOwn(REFUSALS, code);

export class EsiaError extends Error {
  constructor(readonly code: EsiaErrorCode) {
    super(`ESIA-${code}: ${REFUSALS[code][1]}`);
  }

  /** Value of `error` in the redirect or the JSON body. */
  get oauthError(): string {
    return REFUSALS[this.code][0];
  }
}
