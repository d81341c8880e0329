import { InvalidRequisite } from '../../../kernel/invalid-requisite.js';
import { Phone } from '../../../kernel/phone.js';
import { PLATE_TYPES, PlateNumber } from '../../../kernel/plate-number.js';
import { type Requisite } from '../../../kernel/requisite.js';
import { Snils } from '../../../kernel/snils.js';
import { VehicleCertificateNumber } from '../../../kernel/vehicle-certificate-number.js';

/** What ESIA holds is shown even when it would not pass our own checks: then as it came. */
function printed(value: string, parse: (text: string) => Requisite): string {
  try {
    return parse(value).formatted;
  } catch (error) {
    if (error instanceof InvalidRequisite) return value;
    throw error;
  }
}

export const snilsText = (value: string): string => printed(value, (text) => Snils.parse(text));
export const phoneText = (value: string): string => printed(value, (text) => Phone.parse(text));
export const certificateText = (value: string): string =>
  printed(value, (text) => VehicleCertificateNumber.parse(text));

export const plateText = (value: string, type: string): string =>
  printed(value, (text) =>
    PlateNumber.parse(
      text,
      PLATE_TYPES.find((known) => known === type),
    ),
  );
