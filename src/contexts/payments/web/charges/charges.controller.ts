import { Body, Controller, Get, Logger, Post, Query as QueryParameter } from '@nestjs/common';
import { type Query, QueryBus } from '@nestjs/cqrs';
import { TooManyRequests } from '../../../../platform/http/http.errors.js';
import { page, type Page, type SeeOther, seeOther } from '../../../../platform/http/page.js';
import { type Citizen, CurrentCitizen } from '../../../../platform/http/principal.js';
import { RateLimit } from '../../../../platform/http/rate-limit.js';
import { type FormErrors, formErrors, readForm } from '../../../../platform/http/read-form.js';
import { DocumentRequisitesQuery } from '../../../documents/public.js';
import { ApplicantQuery } from '../../../profile/public.js';
import { PaymentsQuery } from '../../application/payments.query.js';
import { RegistryUnavailable } from '../../application/ports/outside.errors.js';
import { SearchChargesQuery } from '../../application/search-charges.query.js';
import { TooManyChargeSearches } from '../../domain/charge-search.errors.js';
import { chargesPage, knownRequisites, paymentsPage } from './charges.page.js';
import { requisiteProblem, SearchForm } from './search.form.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** «Платежи»: search of unpaid charges by the requisites of a document, and the history of payments. */
@Controller('payments')
export class ChargesController {
  private readonly logger = new Logger(ChargesController.name);

  constructor(private readonly queries: QueryBus) {}

  @Get()
  show(@CurrentCitizen() citizen: Citizen, @QueryParameter('after') after?: unknown): Promise<Page> {
    return this.page(citizen, new SearchForm(), null, typeof after === 'string' && UUID.test(after) ? after : null);
  }

  /** A result has no address of its own: it would carry somebody's number. */
  @Get('search')
  backToForm(): SeeOther {
    return seeOther('/payments');
  }

  /** The journal of searches counts what was found; this also stops many searches sent at one moment, and guessing of numbers. */
  @Post('search')
  @RateLimit({ max: 30, perSeconds: 60 })
  async search(@CurrentCitizen() citizen: Citizen, @Body() body: unknown): Promise<Page> {
    const { form, errors } = await readForm(SearchForm, body);
    if (errors) return this.page(citizen, form, errors);
    const problem = requisiteProblem(form);
    if (problem) return this.page(citizen, form, formErrors({ requisite: problem }));
    try {
      const found = await this.queries.execute(
        new SearchChargesQuery(citizen.accountId, form.requisiteKind, form.requisite),
      );
      return page('payments/charges', chargesPage(found, form));
    } catch (error) {
      if (error instanceof TooManyChargeSearches) throw new TooManyRequests(error.retryAfterSeconds);
      if (error instanceof RegistryUnavailable)
        return page('payments/charges', chargesPage(null, form), { status: 503 });
      throw error;
    }
  }

  private async page(
    { accountId }: Citizen,
    form: SearchForm,
    errors: FormErrors | null,
    after: string | null = null,
  ): Promise<Page> {
    const [view, applicant, documents] = await Promise.all([
      this.queries.execute(new PaymentsQuery(accountId, after)),
      this.answer(new ApplicantQuery(accountId), null),
      this.answer(new DocumentRequisitesQuery(accountId, ['RF_PASSPORT']), []),
    ]);
    return page('payments/payments', paymentsPage(view, knownRequisites(applicant, documents), form, errors), {
      status: errors ? 422 : 200,
    });
  }

  /** Known numbers are a convenience: the page stands without them. */
  private async answer<T>(query: Query<T>, otherwise: T): Promise<T> {
    try {
      return await this.queries.execute(query);
    } catch (error) {
      this.logger.warn(error instanceof Error ? error.message : String(error));
      return otherwise;
    }
  }
}
