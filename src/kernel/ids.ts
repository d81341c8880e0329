/** Gives out identifiers: UUID version 7, ordered by time, unique for ever. */
export abstract class Ids {
  abstract next(): string;
}
