import { Injectable } from '@nestjs/common';
import { request } from 'undici';
import { Clock } from '../../../kernel/clock.js';
import { Ids } from '../../../kernel/ids.js';
import { Config } from '../../../platform/config/config.js';
import { ChargesRegistry, type ChargesSnapshot } from '../application/ports/charges-registry.js';
import { RegistryUnavailable } from '../application/ports/outside.errors.js';
import { type Charge } from '../domain/charge.js';
import { type PayerRequisite } from '../domain/payer-requisite.js';
import {
  type ChargesAnswer,
  type ChargesQuestion,
  exportChargesRequest,
  PAGE_LENGTH,
  payerIdentifiers,
  readCharges,
} from './gis-gmp-messages.js';
import { OutsideCalls, type OutsideLine, UnreadableAnswer } from './outside-calls.js';

/** A payer with more charges than this is cut off: nobody reads a longer list. */
const MAX_PAGES = 10;

/** ГИС ГМП over SOAP, format 2.1.1. */
@Injectable()
export class GisGmpChargesRegistry extends ChargesRegistry {
  private readonly line: OutsideLine;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
    calls: OutsideCalls,
  ) {
    super();
    this.line = calls.to('GISGMP');
  }

  override async unpaidOf(payer: PayerRequisite): Promise<ChargesSnapshot> {
    const charges = await this.all({ kind: 'CHARGE', payers: payerIdentifiers(payer) });
    return {
      charges: charges.filter(({ status }) => status === 'UNPAID' || status === 'PARTIALLY_PAID'),
      asOf: this.clock.now(),
    };
  }

  override async byUin(uins: readonly string[]): Promise<ChargesSnapshot> {
    const charges: Charge[] = [];
    for (let first = 0; first < uins.length; first += PAGE_LENGTH)
      charges.push(...(await this.all({ kind: 'CHARGESTATUS', uins: uins.slice(first, first + PAGE_LENGTH) })));
    return { charges, asOf: this.clock.now() };
  }

  /** Every page of the answer; a charge found by two identifiers is one charge. */
  private async all(question: ChargesQuestion): Promise<Charge[]> {
    const found = new Map<string, Charge>();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { charges, hasMore } = await this.line.run(
        (signal) => this.ask(question, page, signal),
        () => new RegistryUnavailable('gisgmp'),
      );
      for (const charge of charges) found.set(charge.uin, charge);
      if (!hasMore) break;
    }
    return [...found.values()];
  }

  private async ask(question: ChargesQuestion, page: number, signal: AbortSignal): Promise<ChargesAnswer> {
    const { url, urn } = this.config.gisgmp;
    const { statusCode, body } = await request(`${url}/gisgmp`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: exportChargesRequest(question, page, urn, this.ids.next(), this.clock.now()),
      signal,
    });
    const xml = await body.text();
    if (statusCode !== 200) throw new UnreadableAnswer(`HTTP ${statusCode}`);
    return readCharges(xml);
  }
}
