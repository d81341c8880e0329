import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { ApplicationsModule, applicationsMappings } from './contexts/applications/applications.module.js';
import { DocumentsModule, documentsMappings } from './contexts/documents/documents.module.js';
import { IdentityModule, identityMappings } from './contexts/identity/identity.module.js';
import { NotificationsModule, notificationsMappings } from './contexts/notifications/notifications.module.js';
import { UnreadNotificationsQuery } from './contexts/notifications/public.js';
import { PaymentsModule, paymentsMappings } from './contexts/payments/payments.module.js';
import { ProfileModule, profileMappings } from './contexts/profile/profile.module.js';
import { type Config } from './platform/config/config.js';
import { UnreadCounter } from './platform/http/page-frame.js';
import { PlatformModule } from './platform/platform.module.js';

/** Everything that is mapped to the database. */
export const mappings = [
  ...identityMappings,
  ...profileMappings,
  ...documentsMappings,
  ...applicationsMappings,
  ...paymentsMappings,
  ...notificationsMappings,
];

/** The number at the bell comes from the notifications, which the platform does not know. */
const bell = (queries: QueryBus): UnreadCounter => ({
  countFor: async (accountId) => (await queries.execute(new UnreadNotificationsQuery(accountId))).count,
});

/** The table of contents: what the product is made of. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [
        CqrsModule.forRoot({ rethrowUnhandled: true }),
        PlatformModule.forRoot(config, mappings),
        IdentityModule,
        ProfileModule,
        DocumentsModule,
        ApplicationsModule,
        PaymentsModule,
        NotificationsModule,
      ],
      providers: [{ provide: UnreadCounter, useFactory: bell, inject: [QueryBus] }],
      exports: [UnreadCounter],
    };
  }
}
