import { Module } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { ChangePreferencesHandler, ResetPreferencesHandler } from './application/change-preferences.js';
import { MarkAllReadHandler } from './application/mark-all-read.js';
import { NotifyOfApplicationStatus, NotifyOfSubmittedApplication } from './application/notify-of-application.js';
import { NotifyOfFailedFinePayment, NotifyOfPaidFine } from './application/notify-of-fine-payment.js';
import { NotifyOfFoundFine } from './application/notify-of-found-fine.js';
import { NotifyOfExpiringDocument } from './application/notify-of-expiring-document.js';
import { NotifyOfInfectedFile } from './application/notify-of-infected-file.js';
import { NotifyOfSignIn } from './application/notify-of-sign-in.js';
import { NotifyHandler } from './application/notify.js';
import { OpenNotificationHandler } from './application/open-notification.js';
import { EmailSender } from './application/ports/email-sender.js';
import { PushSender } from './application/ports/push-sender.js';
import { SmsReceipts, SmsSender } from './application/ports/sms-sender.js';
import { Wording } from './application/ports/wording.js';
import { SendDeliveriesHandler } from './application/send-deliveries.js';
import { SendQueuedAtOnce } from './application/send-queued-at-once.js';
import { DeliveryQueue } from './domain/delivery-queue.js';
import { NotificationRepository } from './domain/notification.repository.js';
import { PreferencesRepository } from './domain/preferences.repository.js';
import { PushDeviceRepository } from './domain/push-device.repository.js';
import { ForgetOldReceipts, SweepDeliveries } from './infrastructure/deliveries.jobs.js';
import { DeliveryMapping } from './infrastructure/delivery.mapping.js';
import { HandlebarsWording } from './infrastructure/handlebars-wording.js';
import { MikroOrmDeliveryQueue } from './infrastructure/mikro-orm-delivery-queue.js';
import { MikroOrmNotificationRepository } from './infrastructure/mikro-orm-notification.repository.js';
import { MikroOrmPreferencesRepository } from './infrastructure/mikro-orm-preferences.repository.js';
import { MikroOrmPushDeviceRepository } from './infrastructure/mikro-orm-push-device.repository.js';
import {
  NotificationFeedQueryHandler,
  NotificationQueryHandler,
} from './infrastructure/notification-feed.query-handler.js';
import { NotificationSettingsQueryHandler } from './infrastructure/notification-settings.query-handler.js';
import { NotificationMapping } from './infrastructure/notification.mapping.js';
import { PreferencesMapping } from './infrastructure/preferences.mapping.js';
import { PushDeviceMapping } from './infrastructure/push-device.mapping.js';
import { SmppSmsSender } from './infrastructure/smpp-sms-sender.js';
import { SmtpEmailSender } from './infrastructure/smtp-email-sender.js';
import { SqlSmsReceipts } from './infrastructure/sql-sms-receipts.js';
import { UnreadQueryHandler } from './infrastructure/unread.query-handler.js';
import { WebPushSender } from './infrastructure/web-push-sender.js';
import { FeedController } from './web/feed/feed.controller.js';
import { SettingsController } from './web/settings/settings.controller.js';

/** Tables of this context, for the root module. */
export const notificationsMappings = [PreferencesMapping, NotificationMapping, DeliveryMapping, PushDeviceMapping];

@Module({
  controllers: [FeedController, SettingsController],
  providers: [
    { provide: PreferencesRepository, useClass: MikroOrmPreferencesRepository },
    { provide: NotificationRepository, useClass: MikroOrmNotificationRepository },
    { provide: DeliveryQueue, useClass: MikroOrmDeliveryQueue },
    { provide: PushDeviceRepository, useClass: MikroOrmPushDeviceRepository },
    { provide: SmsReceipts, useClass: SqlSmsReceipts },
    { provide: Wording, inject: [Config], useFactory: ({ publicUrl }: Config) => new HandlebarsWording(publicUrl) },
    {
      provide: SmsSender,
      inject: [Config, SmsReceipts],
      useFactory: ({ sms }: Config, receipts: SmsReceipts) => new SmppSmsSender(sms, receipts),
    },
    {
      provide: EmailSender,
      inject: [Config],
      useFactory: ({ smtp, publicUrl }: Config) => new SmtpEmailSender({ ...smtp, publicUrl }),
    },
    { provide: PushSender, inject: [Config], useFactory: ({ push }: Config) => new WebPushSender(push) },
    NotifyHandler,
    NotifyOfFoundFine,
    NotifyOfPaidFine,
    NotifyOfFailedFinePayment,
    NotifyOfSubmittedApplication,
    NotifyOfApplicationStatus,
    NotifyOfExpiringDocument,
    NotifyOfInfectedFile,
    NotifyOfSignIn,
    SendDeliveriesHandler,
    SendQueuedAtOnce,
    SweepDeliveries,
    ForgetOldReceipts,
    OpenNotificationHandler,
    MarkAllReadHandler,
    ChangePreferencesHandler,
    ResetPreferencesHandler,
    UnreadQueryHandler,
    NotificationFeedQueryHandler,
    NotificationQueryHandler,
    NotificationSettingsQueryHandler,
  ],
})
export class NotificationsModule {}
