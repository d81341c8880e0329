import { plural } from '../../../../platform/views/format.js';
import { type Field } from '../../domain/form-definition.js';
import { type Fault, type FaultCode } from '../../domain/field-reading.js';

const CHOICES: ReadonlySet<string> = new Set(['enum', 'boolean', 'childRef', 'vehicleRef', 'schoolRef']);

type Wording = (label: string, limit: number, field: Field) => string;

/** What to do about a fault, by its code; `label` is the question as the citizen reads it. */
const WORDS: Readonly<Record<FaultCode, Wording>> = {
  required: (label, _limit, { type }) => (CHOICES.has(type) ? `Выберите ответ: «${label}»` : `Заполните поле «${label}»`),
  'unknown-to-portal': (label) => `Портал не знает ответа на вопрос «${label}». Обновите сведения в разделе «Личные данные» и вернитесь к черновику`,
  'child-not-chosen': (label) => `«${label}»: сначала выберите ребёнка на одном из предыдущих шагов`,
  'must-agree': () => 'Без согласия на обработку персональных данных отправить заявление нельзя',
  'file-required': (label) => `Приложите файл: «${label}»`,
  'too-short': (label, limit) => `«${label}»: напишите подробнее, не меньше ${limit} знаков`,
  'too-long': (label, limit) => `«${label}»: сократите до ${limit} знаков`,
  'not-a-number': (label) => `«${label}»: введите целое число цифрами`,
  'too-small': (label, limit) => `«${label}»: не меньше ${limit}`,
  'too-big': (label, limit) => `«${label}»: не больше ${limit}`,
  'not-a-date': (label) => `«${label}»: введите дату, например 27.03.2026`,
  'date-passed': (label) => `«${label}»: дата не может быть раньше сегодняшней`,
  'date-ahead': (label) => `«${label}»: дата не может быть позже сегодняшней`,
  'date-too-far': (label, limit) => `«${label}»: выберите один из ближайших дней, не позже чем через ${plural(limit, 'день', 'дня', 'дней')}`,
  'not-an-option': (label) => `«${label}»: выберите ответ из списка`,
  'not-yours': (label) => `«${label}»: этого ответа больше нет в ваших личных данных, выберите другой`,
  'too-few': (label, limit) => `«${label}»: выберите не меньше ${limit}`,
  'too-many': (label, limit) => `«${label}»: выберите не больше ${limit}`,
  'not-an-email': (label) => `«${label}»: проверьте адрес, например name@example.ru`,
  'phone-empty': (label) => `«${label}»: введите номер цифрами, например +7 921 000-00-06`,
  'phone-bad-length': (label) => `«${label}»: в номере должно быть 11 цифр, например +7 921 000-00-06`,
  'phone-bad-characters': (label) => `«${label}»: введите номер цифрами, например +7 921 000-00-06`,
  'phone-bad-check-digit': (label) => `«${label}»: проверьте номер, например +7 921 000-00-06`,
  'phone-impossible-value': (label) => `«${label}»: такого номера не бывает, проверьте цифры`,
  'snils-empty': (label) => `«${label}»: введите СНИЛС цифрами, например 112-233-445 95`,
  'snils-bad-length': (label) => `«${label}»: в СНИЛС 11 цифр, например 112-233-445 95`,
  'snils-bad-characters': (label) => `«${label}»: в СНИЛС только цифры, например 112-233-445 95`,
  'snils-bad-check-digit': (label) => `«${label}»: проверьте СНИЛС, в номере ошибка`,
  'snils-impossible-value': (label) => `«${label}»: такого СНИЛС не бывает, проверьте номер`,
  'address-short': (label) => `«${label}»: напишите адрес полностью: город, улица, дом, квартира`,
  'address-district': (label) => `«${label}»: выберите район`,
  'document-kind': (label) => `«${label}»: выберите вид документа`,
  'document-series': (label) => `«${label}»: проверьте серию, например IV-АК`,
  'document-number': (label) => `«${label}»: проверьте номер, например 000123`,
  'document-date': (label) => `«${label}»: введите дату выдачи, например 20.02.2020; она не может быть позже сегодняшней`,
  'document-issuer': (label) => `«${label}»: напишите, кем выдан документ, от 3 до 255 знаков`,
  'file-gone': (label) => `«${label}»: один из файлов удалён из личного кабинета. Уберите его и приложите другой`,
  'file-kind': (label) => `«${label}»: уберите файл неподходящего вида`,
  'too-few-files': (label, limit) => `«${label}»: приложите файлов не меньше ${limit}`,
  'too-many-files': (label, limit) => `«${label}»: оставьте файлов не больше ${limit}`,
};

/** The sentence under a field and in the summary. */
export const faultWords = (field: Field, fault: Fault): string => WORDS[fault.code](field.label, fault.limit ?? 0, field);
