import { type DocumentKind } from '../domain/document-kinds.js';

/** What people call a document in place of its official name, by kind; a kind without an entry is found by its name alone. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  RF_PASSPORT: 'российский внутренний гражданский удостоверение личности',
  RF_FOREIGN_PASSPORT: 'детский ребенка загран загранпаспорт зп биометрический для поездок виза',
  ORG_OGRN: 'компания фирма юрлицо номер организации',
  OMS_POLICY: 'детский ребенка омс медицинский полис страховка енп обязательное медицинское страхование',
  INN: 'детский ребенка инн налоговый номер налогоплательщика',
  SNILS: 'детский ребенка снилс пенсионное страховое свидетельство зеленая карточка',
  TEMPORARY_ID: 'вул временный паспорт форма 2п',
  USSR_PASSPORT: 'советский старый',
  FOREIGN_CITIZEN_PASSPORT: 'иностранец другой страны',
  REFUGEE_APPLICATION_CERT: 'беженец',
  MILITARY_PERSONNEL_ID: 'военный офицер контрактник',
  SEAMAN_PASSPORT: 'морской удостоверение личности моряка',
  EGRUL_EXTRACT: 'егрюл юрлицо компания',
  EGRIP_EXTRACT: 'егрип ип предприниматель',
  MARRIAGE_CERTIFICATE: 'свадьба женитьба загс муж жена супруги заключение',
  SOLE_PROPRIETOR_REG_CERT: 'ип огрнип',
  LEGAL_ENTITY_REG_CERT: 'юрлицо огрн компания',
  EMPLOYMENT_BOOK: 'трудовая тк стаж работа',
  FOREIGN_BIRTH_CERT_RF_CITIZEN: 'ребенок родился за границей',
  BIRTH_CERT_FOREIGN_CITIZEN: 'ребенок иностранец',
  TEMPORARY_ASYLUM_CERT: 'беженец',
  DRIVING_LICENCE: 'права водительские ву удостоверение водителя',
  RF_BIRTH_CERTIFICATE: 'метрика ребенок загс сын дочь',
  MILITARY_ID: 'военник армия призывник приписное воинский учет',
  HUNTING_TICKET: 'охота охотник оружие',
  VEHICLE_REG_CERT: 'стс птс машина автомобиль свидетельство на машину гибдд',
};

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Endings change («паспорта», «военного»), so a long word is sought without its last letters. `kinds.js` in the browser does the same. */
const stem = (word: string): string => (word.length < 6 ? word : word.slice(0, word.length > 7 ? -3 : -2));

/** Words that join others («паспорт на ребёнка») and tell nothing. `kinds.js` in the browser leaves out the same. */
const JOINING: readonly string[] = ['на', 'для', 'о', 'об', 'в', 'и', 'по', 'у', 'с'];

/** The words a kind is found by: its official name and what people call it. */
export const searchTextOf = ({ code, label }: DocumentKind): string => plain(`${label} ${ALSO_CALLED[code] ?? ''}`.trim());

/** True when the kind is found by every word sought; nothing sought finds all. */
export function isFound(kind: DocumentKind, sought: string): boolean {
  const text = searchTextOf(kind);
  return plain(sought)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word && !JOINING.includes(word))
    .every((word) => text.includes(stem(word)));
}
