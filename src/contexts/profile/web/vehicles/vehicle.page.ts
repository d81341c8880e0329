import { PLATE_TYPES, type PlateType } from '../../../../kernel/plate-number.js';
import { type FormErrors } from '../../../../platform/http/read-form.js';
import { plural } from '../../../../platform/views/format.js';
import { type VehicleView } from '../../application/vehicles.query.js';
import { RESTORABLE_DAYS } from '../../domain/vehicle.js';
import { certificateText, plateText } from '../requisite-text.js';
import { type EditVehicleForm, type VehicleForm } from './vehicle.form.js';

/** Names of the plate types (ГОСТ Р 50577, fact sheet §3.13), each with a plate as it looks. */
const PLATE_TYPE_NAMES: Readonly<Record<PlateType, string>> = {
  '1': 'Легковой, грузовой автомобиль, автобус (А123ВС178)',
  '1А': 'Автомобиль с квадратным знаком (А123ВС178)',
  '1Б': 'Такси, маршрутный транспорт (АВ123178)',
  '2': 'Прицеп, полуприцеп (АВ123478)',
  '3': 'Трактор, самоходная машина (1234АВ78)',
  '4': 'Мотоцикл, скутер (1234АВ78)',
  '4А': 'Квадроцикл, снегоболотоход (1234АВ78)',
  '4Б': 'Мопед (АВ12СЕ78)',
  '5': 'Военный автомобиль (1234АВ21)',
  '6': 'Военный прицеп (АВ123421)',
  '7': 'Военный трактор (1234АВ21)',
  '8': 'Военный мотоцикл (1234АВ21)',
  '9': 'Глава дипломатического представительства (001CD178)',
  '10': 'Дипломатический представитель, сотрудник (001D00178)',
  '15': 'Транзитный (АВ123С78)',
  '19': 'Для окончательного выезда из России (ТАВ12378)',
  '20': 'Автомобиль полиции (А123478)',
  '21': 'Прицеп полиции (123А78)',
  '22': 'Мотоцикл полиции (1234А78)',
};

const plateTypeOptions = PLATE_TYPES.map((value) => ({ value, text: PLATE_TYPE_NAMES[value] }));

const titled = (title: string) => ({
  title,
  breadcrumb: [{ href: '/profile', text: 'Личные данные' }, { text: title }],
});

/** What `templates/profile/vehicle-form.hbs` prints for a new vehicle: everything typed stays. */
export const newVehiclePage = (form: VehicleForm, errors: FormErrors | null) => ({
  ...titled('Добавить транспортное средство'),
  action: '/profile/vehicles',
  isNew: true,
  plateTypeOptions,
  form,
  errors,
});

/** The same form for a stored vehicle. `stored` is shown beside what was typed when somebody changed the vehicle meanwhile. */
export const editVehiclePage = (
  vehicle: VehicleView,
  form: EditVehicleForm,
  errors: FormErrors | null,
  changedMeanwhile = false,
) => ({
  ...titled('Изменить транспортное средство'),
  action: `/profile/vehicles/${vehicle.id}`,
  removeHref: `/profile/vehicles/${vehicle.id}/remove`,
  isNew: false,
  plateTypeOptions,
  form,
  errors,
  stored: changedMeanwhile ? vehicleWords(vehicle) : null,
});

/** A vehicle in words: for the pages of removal. */
export const vehicleWords = (vehicle: VehicleView) => ({
  make: vehicle.make,
  plateType: PLATE_TYPE_NAMES[vehicle.plateType as PlateType],
  plate: plateText(vehicle.grz, vehicle.plateType),
  certificate: certificateText(vehicle.sts),
});

export const removeVehiclePage = (vehicle: VehicleView) => ({
  ...titled('Удалить транспортное средство?'),
  action: `/profile/vehicles/${vehicle.id}/remove`,
  restorableFor: plural(RESTORABLE_DAYS, 'дня', 'дней', 'дней'),
  vehicle: vehicleWords(vehicle),
});

export const removedVehiclePage = (vehicle: VehicleView, alreadyAdded = false) => ({
  ...titled('Транспортное средство удалено'),
  restoreAction: `/profile/vehicles/${vehicle.id}/restore`,
  vehicle: vehicleWords(vehicle),
  alreadyAdded,
});
