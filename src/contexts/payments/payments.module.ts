import { Module } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { OpenPaymentPageHandler } from './application/open-payment-page.js';
import { ChargeSearches } from './application/ports/charge-searches.js';
import { ChargesRegistry } from './application/ports/charges-registry.js';
import { DiscountRules } from './application/ports/discount-rules.js';
import { FinesRegistry } from './application/ports/fines-registry.js';
import { PaymentGateway } from './application/ports/payment-gateway.js';
import { RefreshFinesHandler } from './application/refresh-fines.js';
import { SettlePaymentHandler } from './application/settle-payment.js';
import { StartFinePaymentHandler } from './application/start-fine-payment.js';
import {
  FetchFinesOnVehicleWatched,
  StopWatchingOnVehicleRemoved,
  StopWatchingVehicleHandler,
  WatchVehicleHandler,
  WatchVehicleOnVehicleAdded,
} from './application/watch-vehicle.js';
import { FineRepository } from './domain/fine.repository.js';
import { PaymentRepository } from './domain/payment.repository.js';
import {
  FineQueryHandler,
  FinesAttentionQueryHandler,
  FinesQueryHandler,
} from './infrastructure/fines.query-handlers.js';
import { GibddFinesRegistry } from './infrastructure/gibdd-fines-registry.js';
import { GisGmpChargesRegistry } from './infrastructure/gis-gmp-charges-registry.js';
import { MikroOrmFineRepository } from './infrastructure/mikro-orm-fine.repository.js';
import { MikroOrmPaymentRepository } from './infrastructure/mikro-orm-payment.repository.js';
import { OutsideCalls, Patience } from './infrastructure/outside-calls.js';
import { FineMapping, PaymentMapping, WatchedVehicleMapping } from './infrastructure/payments.mappings.js';
import {
  PaymentOfOrderQueryHandler,
  PaymentQueryHandler,
  PaymentsQueryHandler,
} from './infrastructure/payments.query-handlers.js';
import { RbsPaymentGateway } from './infrastructure/rbs-payment-gateway.js';
import { ReceiptPdf } from './infrastructure/receipt/receipt-pdf.js';
import { ReceiptQueryHandler } from './infrastructure/receipt/receipt.query-handler.js';
import { DueWork } from './infrastructure/due-work.js';
import { RefreshDueFines } from './infrastructure/refresh-due-fines.job.js';
import { SearchChargesQueryHandler } from './infrastructure/search-charges.query-handler.js';
import { SettlePendingPayments } from './infrastructure/settle-pending-payments.job.js';
import { SqlChargeSearches } from './infrastructure/sql-charge-searches.js';
import { BankCallbackController } from './web/callback/bank-callback.controller.js';
import { ChargesController } from './web/charges/charges.controller.js';
import { FinesController } from './web/fines/fines.controller.js';
import { PaymentsController } from './web/payments/payments.controller.js';

/** Tables of this context, for the root module. */
export const paymentsMappings = [FineMapping, PaymentMapping, WatchedVehicleMapping];

/** Somebody is looking at the page meanwhile: four seconds, one more try, then what is known is shown. */
const PATIENCE = new Patience(4000, 1, 10_000);

@Module({
  controllers: [FinesController, PaymentsController, ChargesController, BankCallbackController],
  providers: [
    { provide: FinesRegistry, useClass: GibddFinesRegistry },
    { provide: ChargesRegistry, useClass: GisGmpChargesRegistry },
    { provide: PaymentGateway, useClass: RbsPaymentGateway },
    { provide: FineRepository, useClass: MikroOrmFineRepository },
    { provide: PaymentRepository, useClass: MikroOrmPaymentRepository },
    { provide: ChargeSearches, useClass: SqlChargeSearches },
    {
      provide: DiscountRules,
      inject: [Config],
      useFactory: (config: Config): DiscountRules => ({ policySet: config.discountPolicy }),
    },
    { provide: Patience, useValue: PATIENCE },
    OutsideCalls,
    WatchVehicleHandler,
    StopWatchingVehicleHandler,
    WatchVehicleOnVehicleAdded,
    StopWatchingOnVehicleRemoved,
    FetchFinesOnVehicleWatched,
    RefreshFinesHandler,
    DueWork,
    RefreshDueFines,
    StartFinePaymentHandler,
    OpenPaymentPageHandler,
    SettlePaymentHandler,
    SettlePendingPayments,
    FinesQueryHandler,
    FineQueryHandler,
    FinesAttentionQueryHandler,
    PaymentsQueryHandler,
    PaymentQueryHandler,
    PaymentOfOrderQueryHandler,
    SearchChargesQueryHandler,
    ReceiptPdf,
    ReceiptQueryHandler,
  ],
})
export class PaymentsModule {}
