import { IsIn, IsNotEmpty, MaxLength } from 'class-validator';
import { faultOf, type RequisiteFault } from '../../../../kernel/invalid-requisite.js';
import { payerRequisite, REQUISITE_KINDS, type RequisiteKind } from '../../domain/payer-requisite.js';

/** The six documents of the search, in the order of seed 000, each with what to type. */
export const REQUISITE_OPTIONS: readonly {
  readonly value: RequisiteKind;
  readonly text: string;
  readonly example: string;
}[] = [
  { value: 'INN', text: 'ИНН', example: '12 цифр, например 781000001239' },
  { value: 'SNILS', text: 'СНИЛС', example: '11 цифр, например 11223344595' },
  { value: 'RF_PASSPORT', text: 'Паспорт гражданина РФ', example: 'серия и номер, 10 цифр, например 4096123456' },
  { value: 'DRIVING_LICENCE', text: 'Водительское удостоверение', example: '10 знаков, например 0096123456' },
  { value: 'HUNTING_TICKET', text: 'Охотничий билет', example: 'серия и номер, 8 или 9 цифр, например 990123456' },
  {
    value: 'VEHICLE_REG_CERT',
    text: 'Свидетельство о регистрации транспортного средства',
    example: '10 знаков, например 7812345678',
  },
];

export class SearchForm {
  @IsIn(REQUISITE_KINDS, { message: 'Выберите документ, по которому искать' })
  requisiteKind: RequisiteKind = 'INN';

  @IsNotEmpty({ message: 'Введите номер документа' })
  @MaxLength(40, { message: 'Номер слишком длинный. Проверьте, что введён только он' })
  requisite = '';
}

const FAULTS: Readonly<Record<RequisiteFault, string>> = {
  EMPTY: 'Введите номер документа',
  BAD_LENGTH: 'Проверьте, сколько знаков вы ввели',
  BAD_CHARACTERS: 'В номере есть знаки, которых в нём не бывает',
  BAD_CHECK_DIGIT: 'Такого номера не бывает: в нём есть опечатка. Проверьте каждую цифру',
  IMPOSSIBLE_VALUE: 'Такого номера не бывает. Проверьте его по документу',
};

/** What is wrong with the number, in words; null when it can be searched by. */
export const requisiteProblem = ({ requisiteKind, requisite }: SearchForm): string | null => {
  const fault = faultOf(() => payerRequisite(requisiteKind, requisite));
  const example = REQUISITE_OPTIONS.find(({ value }) => value === requisiteKind)?.example;
  return fault && `${FAULTS[fault]}: ${example}`;
};
