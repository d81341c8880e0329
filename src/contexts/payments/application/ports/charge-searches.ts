/** Journal of searches by requisites: a search tells the debts of whoever owns the number, so each is counted and kept. */
export abstract class ChargeSearches {
  /** Writes down one search, without the number itself. Throws TooManyChargeSearches when the account has used up its share. */
  abstract admit(search: {
    readonly accountId: string;
    readonly requisiteKind: string;
    readonly at: Date;
  }): Promise<void>;
}
