import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, ValidateBy, type ValidationArguments } from 'class-validator';
import { faultOf, type RequisiteFault } from '../../../../kernel/invalid-requisite.js';
import { PLATE_TYPES, PlateNumber, type PlateType } from '../../../../kernel/plate-number.js';
import { VehicleCertificateNumber } from '../../../../kernel/vehicle-certificate-number.js';
import { InvalidMake } from '../../domain/vehicle.errors.js';
import { makeOf } from '../../domain/vehicle.js';

const PLATE_WORDS: Readonly<Record<RequisiteFault, string>> = {
  EMPTY: 'Введите государственный регистрационный знак, например А123ВС178',
  BAD_LENGTH:
    'Проверьте длину государственного регистрационного знака: нужны все буквы, цифры и код региона, например А123ВС178',
  BAD_CHARACTERS:
    'Проверьте знак: буквы только А, В, Е, К, М, Н, О, Р, С, Т, У, Х, порядок букв и цифр как у выбранного типа знака',
  BAD_CHECK_DIGIT: 'Проверьте государственный регистрационный знак',
  IMPOSSIBLE_VALUE: 'Таких знаков не выдают: проверьте цифры и код региона',
};

const CERTIFICATE_WORDS: Readonly<Record<RequisiteFault, string>> = {
  EMPTY: 'Введите серию и номер свидетельства о регистрации, например 78 12 345678',
  BAD_LENGTH: 'В серии и номере свидетельства должно быть 10 знаков, например 78 12 345678',
  BAD_CHARACTERS:
    'Проверьте свидетельство: две цифры, две цифры или буквы, шесть цифр, например 78 12 345678 или 78 АВ 345678',
  BAD_CHECK_DIGIT: 'Проверьте серию и номер свидетельства',
  IMPOSSIBLE_VALUE: 'Таких свидетельств не выдают: проверьте серию и номер',
};

const Requisite = (
  name: string,
  parse: (text: string, form: VehicleForm) => unknown,
  words: Readonly<Record<RequisiteFault, string>>,
) => {
  const fault = (value: unknown, args?: ValidationArguments) =>
    faultOf(() => parse(typeof value === 'string' ? value : '', args?.object as VehicleForm));
  return ValidateBy({
    name,
    validator: {
      validate: (value, args) => fault(value, args) === null,
      defaultMessage: (args) => words[fault(args?.value, args) ?? 'EMPTY'],
    },
  });
};

function isMake(value: unknown): boolean {
  try {
    return typeof value === 'string' && makeOf(value) !== '';
  } catch (error) {
    if (error instanceof InvalidMake) return false;
    throw error;
  }
}

/** A vehicle as typed: any spacing, either alphabet. */
export class VehicleForm {
  @ValidateBy({
    name: 'make',
    validator: {
      validate: isMake,
      defaultMessage: () => 'Введите марку транспортного средства, от 1 до 100 знаков, например LADA Vesta',
    },
  })
  make = '';

  @Transform(({ value }) => (PLATE_TYPES.includes(value as PlateType) ? (value as PlateType) : undefined))
  @IsIn(PLATE_TYPES, { message: 'Выберите тип регистрационного знака' })
  plateType: PlateType = '1';

  @Requisite('plate', (text, { plateType }) => PlateNumber.parse(text, plateType), PLATE_WORDS)
  grz = '';

  @Requisite('certificate', (text) => VehicleCertificateNumber.parse(text), CERTIFICATE_WORDS)
  sts = '';
}

/** A correction says which version of the vehicle it corrects. */
export class EditVehicleForm extends VehicleForm {
  @Type(() => Number)
  @IsInt({ message: 'Откройте страницу транспортного средства заново' })
  version = 0;
}
