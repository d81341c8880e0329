/** `78-2026-00000042`: region, year of submission in Moscow, number in the year (fact sheet §7.2). Gaps happen. */
export const registrationNumber = (year: number, sequence: number): string => `78-${year}-${String(sequence).padStart(8, '0')}`;
