import { normaliseNumber, Requisite, requireShape, toCyrillic } from './requisite.js';

/** СТС, series and number of a vehicle registration certificate: 10 characters, letters Cyrillic (fact sheet §3.9). */
export class VehicleCertificateNumber extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): VehicleCertificateNumber {
    return new VehicleCertificateNumber(stateBlankNumber('vehicle-certificate-number', text));
  }

  /** `78 12 345678`. */
  override get formatted(): string {
    return spaced(this.value);
  }
}

/** Series and number of a driving licence; printed on the same state blanks, so the same 10 characters (fact sheet §3.9). */
export class DrivingLicenceNumber extends Requisite {
  /** Throws InvalidRequisite. */
  static parse(text: string): DrivingLicenceNumber {
    return new DrivingLicenceNumber(stateBlankNumber('driving-licence-number', text));
  }

  /** `00 96 123456`. */
  override get formatted(): string {
    return spaced(this.value);
  }
}

/** Region, two digits or (old blanks) two letters, six digits. */
const stateBlankNumber = (requisite: string, text: string): string =>
  requireShape(requisite, toCyrillic(normaliseNumber(text)), [10], /^\d{2}(?:\d{2}|[АВЕКМНОРСТУХ]{2})\d{6}$/u);

const spaced = (value: string): string => `${value.slice(0, 2)} ${value.slice(2, 4)} ${value.slice(4)}`;
