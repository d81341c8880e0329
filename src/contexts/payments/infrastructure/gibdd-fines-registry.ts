import { Injectable } from '@nestjs/common';
import { request } from 'undici';
import { Clock } from '../../../kernel/clock.js';
import { faultOf } from '../../../kernel/invalid-requisite.js';
import { isCalendarDay } from '../../../kernel/legal-day.js';
import { Money } from '../../../kernel/money.js';
import { Uin } from '../../../kernel/uin.js';
import { Config } from '../../../platform/config/config.js';
import { type VehicleDocuments } from '../../profile/public.js';
import { FinesRegistry } from '../application/ports/fines-registry.js';
import { RegistryUnavailable } from '../application/ports/outside.errors.js';
import { type RegistryDiscount } from '../domain/discount.js';
import { type RegisteredFine } from '../domain/fine.js';
import { OutsideCalls, type OutsideLine, readJson, UnreadableAnswer } from './outside-calls.js';

/** The road police's check of fines by plate and certificate (external systems §3). It lists unpaid fines only. */
@Injectable()
export class GibddFinesRegistry extends FinesRegistry {
  private readonly line: OutsideLine;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    calls: OutsideCalls,
  ) {
    super();
    this.line = calls.to('GIBDD');
  }

  override async unpaidFines(vehicle: VehicleDocuments): Promise<{ fines: readonly RegisteredFine[]; asOf: Date }> {
    const fines = await this.line.run(
      (signal) => this.check(vehicle, signal),
      () => new RegistryUnavailable('gibdd'),
    );
    return { fines, asOf: this.clock.now() };
  }

  private async check({ grz, sts }: VehicleDocuments, signal: AbortSignal): Promise<RegisteredFine[]> {
    const [regnum, regreg] = splitPlate(grz);
    const { statusCode, body } = await request(`${this.config.gibdd.url}/proxy/check/fines`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ regnum, regreg, stsnum: sts, captchaWord: '', captchaToken: '' }).toString(),
      signal,
    });
    const text = await body.text();
    if (statusCode !== 200 && statusCode !== 404) throw new UnreadableAnswer(`HTTP ${statusCode}`);
    const answer = readJson<CheckAnswer>(text);
    if (answer.code === 404) return [];
    if (answer.code !== 200 || !answer.data) throw new UnreadableAnswer(`code ${answer.code}`);
    return answer.data.map((row) => fineOf(row, answer.divisions ?? {}));
  }
}

/** §3.2; everything may be missing, nothing is believed before it is looked at. */
interface CheckAnswer {
  readonly code?: number;
  readonly data?: readonly CheckedFine[];
  readonly divisions?: Readonly<Record<string, { readonly name?: string }>>;
}

interface CheckedFine {
  readonly NumPost?: string;
  readonly DatePost?: string;
  /** Moment of the offence, Moscow, despite its name. */
  readonly DateDecis?: string | null;
  readonly KoAPcode?: string | null;
  readonly KoAPtext?: string | null;
  /** Rubles. */
  readonly Summa?: number;
  readonly Discount?: string | null;
  readonly enableDiscount?: boolean;
  readonly DateDiscount?: string | null;
  readonly Division?: number | null;
  readonly SupplierBillID?: string | null;
}

/** The region is two digits, or three when it begins with 1, 2, 7 or 9; АВ123478 is a trailer of region 78. */
const splitPlate = (grz: string): [string, string] => {
  const parts = /^(.+?)([1279]\d{2}|\d{2})$/u.exec(grz);
  return parts ? [parts[1]!, parts[2]!] : [grz, ''];
};

const fineOf = (row: CheckedFine, divisions: NonNullable<CheckAnswer['divisions']>): RegisteredFine => {
  const { NumPost, DatePost, Summa } = row;
  if (!NumPost || !DatePost || !isCalendarDay(DatePost) || typeof Summa !== 'number')
    throw new UnreadableAnswer('a fine without number, date or sum');
  const uin = row.SupplierBillID ?? NumPost;
  if (faultOf(() => Uin.parse(uin))) throw new UnreadableAnswer('a fine with an impossible УИН');
  return {
    uin,
    decreeNumber: NumPost,
    decreeDate: DatePost,
    offenceAt: row.DateDecis ? new Date(`${row.DateDecis.replace(' ', 'T')}+03:00`).toISOString() : null,
    article: row.KoAPcode ?? null,
    offence: row.KoAPtext ?? '',
    department: divisions[String(row.Division)]?.name ?? null,
    amount: Money.ofKopecks(Math.round(Summa * 100)),
    discount: discountOf(row),
  };
};

/** An absent flag says nothing of discounts; a flag put down says there is none. */
const discountOf = ({ enableDiscount, Discount, DateDiscount }: CheckedFine): RegistryDiscount | null => {
  if (enableDiscount === undefined) return null;
  const percent = Number(Discount);
  if (!enableDiscount || !DateDiscount || !(percent > 0 && percent <= 100)) return { kind: 'none' };
  return { kind: 'percent', percent, validThrough: DateDiscount.slice(0, 10) };
};
