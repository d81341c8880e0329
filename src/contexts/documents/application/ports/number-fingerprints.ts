/** Keyed hashes of document numbers: equal numbers give equal hashes, and a hash does not give the number away. */
export abstract class NumberFingerprints {
  abstract of(kindCode: string, number: string): string;
}
