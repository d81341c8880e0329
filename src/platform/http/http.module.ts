import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ViewsModule } from '../views/views.module.js';
import { ApiTokenController } from './api-token.controller.js';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { PageFrame } from './page-frame.js';
import { PageInterceptor } from './page.interceptor.js';
import { PrincipalGuard } from './principal.guard.js';
import { RateLimitGuard } from './rate-limit.js';

/** Guards, pages and errors of every context. The guards run in this order: who it is, then how often. */
@Global()
@Module({
  imports: [ViewsModule],
  controllers: [ApiTokenController, HealthController],
  providers: [
    PageFrame,
    { provide: APP_GUARD, useClass: PrincipalGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [PageFrame],
})
export class HttpModule {}
