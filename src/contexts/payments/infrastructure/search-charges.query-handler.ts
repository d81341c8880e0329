import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../kernel/clock.js';
import { legalDayOf } from '../../../kernel/legal-day.js';
import { Money } from '../../../kernel/money.js';
import { Sql } from '../../../platform/persistence/sql.js';
import { ChargeSearches } from '../application/ports/charge-searches.js';
import { ChargesRegistry } from '../application/ports/charges-registry.js';
import { type FoundCharge, type FoundCharges, SearchChargesQuery } from '../application/search-charges.query.js';
import { type Charge, chargeKindOf } from '../domain/charge.js';
import { payerRequisite } from '../domain/payer-requisite.js';

@QueryHandler(SearchChargesQuery)
export class SearchChargesQueryHandler implements IQueryHandler<SearchChargesQuery> {
  constructor(
    private readonly registry: ChargesRegistry,
    private readonly searches: ChargeSearches,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async execute({ accountId, requisiteKind, requisite }: SearchChargesQuery): Promise<FoundCharges> {
    const payer = payerRequisite(requisiteKind, requisite);
    await this.searches.admit({ accountId, requisiteKind, at: this.clock.now() });
    const { charges, asOf } = await this.registry.unpaidOf(payer);
    const known = await this.sql.query<{ id: string; uin: string }>(
      'select id, uin from payments.fine where account_id = $1 and uin = any($2)',
      [accountId, charges.map(({ uin }) => uin)],
    );
    const fineIds = new Map(known.map(({ id, uin }) => [uin, id]));
    const today = legalDayOf(asOf);
    return { asOf, charges: charges.map((charge) => found(charge, today, fineIds.get(charge.uin) ?? null)) };
  }
}

/** While a discount lasts, what was paid already counts towards the discounted sum (external systems §2.5). */
const found = (charge: Charge, today: string, fineId: string | null): FoundCharge => {
  const { discount, amount, left } = charge;
  const lasts =
    discount !== null && discount.kind !== 'none' && (discount.validThrough === null || today <= discount.validThrough);
  const total = !lasts
    ? amount
    : discount.kind === 'percent'
      ? amount.afterDiscount(discount.percent)
      : amount.minus(discount.off);
  const paid = Money.ofKopecks(Math.max(0, amount.kopecks - left.kopecks));
  return {
    uin: charge.uin,
    kind: chargeKindOf(charge),
    purpose: charge.purpose,
    payee: charge.payee.name,
    status: charge.status === 'PARTIALLY_PAID' ? 'PARTIALLY_PAID' : 'UNPAID',
    amountKopecks: amount.kopecks,
    dueKopecks: total.minus(paid).kopecks,
    discountUntil: lasts ? discount.validThrough : null,
    billedOn: legalDayOf(new Date(charge.billedAt)),
    fineId,
  };
};
