/** Check digit of УИН over its first 19 or 24 digits: weights 1…10 round, a remainder of 10 asks for a pass from 3. */
export const checkDigit = (body: string): string => {
  const remainder = (shift: number): number =>
    [...body].reduce((sum, digit, index) => sum + Number(digit) * (((index + shift) % 10) + 1), 0) % 11;
  const first = remainder(0);
  if (first < 10) return String(first);
  const second = remainder(2);
  return second < 10 ? String(second) : '0';
};

export const isUin = (uin: string): boolean =>
  /^(?:\d{20}|\d{25})$/.test(uin) && checkDigit(uin.slice(0, -1)) === uin.slice(-1);

/** УИН of the road police: administrator 188, a number of sixteen digits, the check digit. */
export const policeUin = (number: number): string => {
  const body = `188${String(number).padStart(16, '0')}`;
  return body + checkDigit(body);
};

/** Identifier of a natural person: `1`, kind of document, its number padded to nineteen characters. */
export const payerIdentifier = (documentCode: string, number: string): string =>
  `1${documentCode}${number.padStart(19, '0')}`;

/** УИП: who accepted, `ДДММГГГГ`, a number; 32 characters. */
export const isPaymentId = (id: string): boolean => /^[123][0-9a-zA-Z]{31}$/.test(id);

/** The date inside a УИП as `YYYY-MM-DD`; banks keep it from the 17th character, other participants from the 8th. */
export const dateOfPaymentId = (id: string): string => {
  const start = id.startsWith('3') ? 7 : 16;
  const date = id.slice(start, start + 8);
  return `${date.slice(4)}-${date.slice(2, 4)}-${date.slice(0, 2)}`;
};

/** The calendar day in Moscow. */
export const moscowDay = (instant: Date): string =>
  new Date(instant.getTime() + 3 * 3600_000).toISOString().slice(0, 10);

/** `day` moved by whole days. */
export const shiftDay = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
