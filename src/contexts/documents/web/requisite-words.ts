import { plural } from '../../../platform/views/format.js';
import { type DocumentKind, type KindGroup } from '../domain/document-kinds.js';
import { type DocumentFault } from '../domain/personal-document.errors.js';
import { type RequisiteCheck, type RequisiteDefinition } from '../domain/requisite-definition.js';

/** Names of requisites: as a label, and as what is asked for («Введите …»). */
const NAMES: Readonly<Record<string, readonly [label: string, asked: string]>> = {
  series: ['Серия', 'серию'],
  number: ['Номер', 'номер'],
  issueDate: ['Дата выдачи', 'дату выдачи'],
  issuedBy: ['Кем выдан', 'орган, который выдал документ'],
  departmentCode: ['Код подразделения', 'код подразделения'],
  birthPlace: ['Место рождения', 'место рождения'],
  expiryDate: ['Действителен до', 'последний день действия'],
  lastNameLat: ['Фамилия латинскими буквами', 'фамилию латинскими буквами'],
  firstNameLat: ['Имя латинскими буквами', 'имя латинскими буквами'],
  nameLat: ['Имя и фамилия латинскими буквами', 'имя и фамилию латинскими буквами'],
  ogrn: ['ОГРН', 'ОГРН'],
  ogrnip: ['ОГРНИП', 'ОГРНИП'],
  orgName: ['Название организации', 'название организации'],
  inn: ['ИНН', 'ИНН'],
  kpp: ['КПП', 'КПП'],
  enp: ['Номер полиса (ЕНП)', 'номер полиса'],
  insurer: ['Страховая компания', 'страховую компанию'],
  snils: ['СНИЛС', 'СНИЛС'],
  country: ['Страна', 'код страны'],
  extractDate: ['Дата выписки', 'дату выписки'],
  extractNumber: ['Номер выписки', 'номер выписки'],
  actNumber: ['Номер актовой записи', 'номер актовой записи'],
  actDate: ['Дата актовой записи', 'дату актовой записи'],
  spouseName: ['Супруг или супруга', 'фамилию, имя и отчество супруга или супруги'],
  categories: ['Категории', 'категории'],
  grz: ['Государственный регистрационный знак', 'регистрационный знак'],
  make: ['Марка', 'марку'],
};

const FORMATS: Readonly<Record<RequisiteCheck, string>> = {
  snils: '11 цифр, например 112-233-445 95',
  'inn-person': '12 цифр',
  'inn-organisation': '10 цифр',
  ogrn: '13 цифр, первая 1 или 5',
  ogrnip: '15 цифр, первая 3',
  kpp: '9 цифр; пятая и шестая могут быть латинскими буквами',
  enp: '16 цифр',
  'roman-series': 'Римское число и две русские буквы, например IV-АК',
  'driving-licence': '10 знаков, например 00 96 123456',
  'vehicle-certificate': '10 знаков, например 78 12 345678',
  plate: 'Например, А123ВС178',
  'department-code': '6 цифр, например 780-099',
};

const LETTERED: Readonly<Record<string, string>> = {
  country: 'Код из трёх латинских букв, например KAZ — Казахстан',
  lastNameLat: 'Латинские буквы, как в паспорте, например NEVSKAYA',
  firstNameLat: 'Латинские буквы, как в паспорте, например MARIA',
};

const GROUPS: Readonly<Record<KindGroup, string>> = {
  IDENTITY: 'Удостоверяют личность',
  NUMBERS: 'Номера гражданина',
  FAMILY: 'Семья',
  WORK: 'Работа, служба, увлечения',
  BUSINESS: 'Организации и предприниматели',
  TRANSPORT: 'Транспорт',
  FOREIGN: 'Иностранные граждане и беженцы',
};

export const groupName = (group: KindGroup): string => GROUPS[group];

export const requisiteLabel = (code: string): string => NAMES[code]?.[0] ?? code;

const asked = (code: string): string => NAMES[code]?.[1] ?? code;

/** What to type, under the label; null where the label says it all. Dates have the hint of their field. */
export function requisiteHint(kind: DocumentKind, definition: RequisiteDefinition): string | null {
  switch (definition.type) {
    case 'checked':
      return FORMATS[definition.check];
    case 'number':
      return howMany(definition.length, ['цифра', 'цифры', 'цифр'], 'цифр');
    case 'code':
    case 'free':
      if (kind.code === 'EMPLOYMENT_BOOK') return 'Буквы ТК или АТ и римское число, например ТК-V';
      if (definition.letters === 'CYRILLIC')
        return definition.length[1] === 2 ? 'Две русские буквы, например АА' : 'Русские буквы, не больше трёх';
      return LETTERED[definition.code] ?? null;
    case 'text':
    case 'date':
    case 'choices':
      return null;
  }
}

const howMany = (
  [min, max]: readonly [number, number],
  words: readonly [string, string, string],
  many: string,
): string => (min === max ? plural(min, ...words) : max === min + 1 ? `${min} или ${max} ${many}` : `От ${min} до ${max} ${many}`);

/** One sentence at the field: what is wrong and what to do. */
export function faultSentence(kind: DocumentKind, code: string, fault: DocumentFault): string {
  const definition = kind.requisites.find((requisite) => requisite.code === code);
  const label = requisiteLabel(code);
  switch (fault) {
    case 'EMPTY':
      return `Введите ${asked(code)}`;
    case 'BAD_LENGTH':
      return `${label}: не то число знаков. ${wanted(kind, definition) ?? lengthOf(definition)}`;
    case 'BAD_CHARACTERS':
      return definition?.type === 'date'
        ? `${label}: введите день, месяц и год, например 27.03.2026`
        : `${label}: есть знаки, которых тут не бывает. ${wanted(kind, definition) ?? allowedSigns(definition)}`;
    case 'BAD_CHECK_DIGIT':
      return `${label}: одна из цифр неверная. Сверьте номер с документом`;
    case 'IMPOSSIBLE_VALUE':
      return definition?.type === 'date'
        ? `${label}: такого дня нет в календаре`
        : `${label}: такого номера не бывает. Сверьте с документом`;
    case 'DATE_OUT_OF_RANGE':
      return dateSentence(kind, code);
  }
}

/** `Нужно: 4 цифры`: the hint again, where it has to be read. */
function wanted(kind: DocumentKind, definition: RequisiteDefinition | undefined): string | null {
  const hint = definition && requisiteHint(kind, definition);
  return hint ? `Нужно: ${hint.charAt(0).toLowerCase()}${hint.slice(1)}` : null;
}

const SIGNS: readonly (readonly [sign: string, name: string])[] = [
  ['А', 'буквы'],
  ['1', 'цифры'],
  ['-', 'дефис'],
  ['/', 'косую черту'],
];
const list = new Intl.ListFormat('ru', { type: 'conjunction' });

/** `Оставьте буквы, цифры и дефис`, by the pattern of a field that has no hint: any of its signs may be repeated. */
function allowedSigns(definition: RequisiteDefinition | undefined): string {
  if (!definition || !('pattern' in definition)) return '';
  const { pattern, length } = definition;
  const allowed = SIGNS.filter(([sign]) => pattern.test(sign.repeat(length[0])));
  return `Оставьте ${list.format(allowed.map(([, name]) => name))}`;
}

const lengthOf = (definition: RequisiteDefinition | undefined): string =>
  definition && 'length' in definition
    ? `Нужно: ${howMany(definition.length, ['знак', 'знака', 'знаков'], 'знаков').toLowerCase()}`
    : '';

function dateSentence(kind: DocumentKind, code: string): string {
  if (code === 'expiryDate') return 'Последний день действия должен быть позже даты выдачи';
  const label = requisiteLabel(code);
  if (kind.expiry === 'RF_PASSPORT') return `${label}: паспорт выдают с 14 лет и не будущим днём`;
  return `${label}: день не может быть в будущем или раньше 1900 года`;
}
