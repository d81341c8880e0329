import { Inn } from '../../../kernel/inn.js';
import { normaliseNumber, requireShape } from '../../../kernel/requisite.js';
import { Snils } from '../../../kernel/snils.js';
import { DrivingLicenceNumber, VehicleCertificateNumber } from '../../../kernel/vehicle-certificate-number.js';

/** The six documents by which charges are searched; seed 000 names these and no others. */
export const REQUISITE_KINDS = [
  'INN',
  'SNILS',
  'RF_PASSPORT',
  'DRIVING_LICENCE',
  'HUNTING_TICKET',
  'VEHICLE_REG_CERT',
] as const;
export type RequisiteKind = (typeof REQUISITE_KINDS)[number];

/** A number by which the register of charges knows a payer, normalised and checked (§4). */
export interface PayerRequisite {
  readonly kind: RequisiteKind;
  readonly value: string;
}

const READERS: Readonly<Record<RequisiteKind, (text: string) => string>> = {
  INN: (text) => Inn.parsePerson(text).value,
  SNILS: (text) => Snils.parse(text).value,
  RF_PASSPORT: (text) => requireShape('rf-passport', normaliseNumber(text), [10], /^\d+$/),
  DRIVING_LICENCE: (text) => DrivingLicenceNumber.parse(text).value,
  HUNTING_TICKET: (text) => requireShape('hunting-ticket', normaliseNumber(text), [8, 9], /^\d+$/),
  VEHICLE_REG_CERT: (text) => VehicleCertificateNumber.parse(text).value,
};

/** Reads what the citizen typed, spaces and dashes allowed. Throws InvalidRequisite. */
export const payerRequisite = (kind: RequisiteKind, text: string): PayerRequisite => ({
  kind,
  value: READERS[kind](text),
});
