import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import webPush from 'web-push';
import { NotificationsModule, notificationsMappings } from '../../src/contexts/notifications/notifications.module.js';
import { type Contacts, ContactsQuery } from '../../src/contexts/profile/public.js';
import { type DomainEvent } from '../../src/kernel/domain-event.js';
import { type InboxSandbox, startInboxSandbox } from '../../src/sandbox/inbox/server.js';
import { testApp, type TestApp } from './test-app.js';

export const MARIA: Contacts = {
  known: true,
  mobile: '+79210000006',
  email: 'maria.nevskaya@example.ru',
  firstName: 'Мария',
  middleName: 'Петровна',
};
const NOBODY: Contacts = { known: true, mobile: null, email: null, firstName: null, middleName: null };

/** Stands for the profile context: contacts by account. */
export const contactsOf = new Map<string, Contacts>();

@QueryHandler(ContactsQuery)
class ProfileContacts implements IQueryHandler<ContactsQuery> {
  execute({ accountId }: ContactsQuery): Promise<Contacts> {
    return Promise.resolve(contactsOf.get(accountId) ?? NOBODY);
  }
}

export interface NotificationsUnderTest {
  readonly app: TestApp;
  readonly inbox: InboxSandbox;
  /** Brings an event to its reactions, and what follows from it to an end. The same `eventId` is a redelivery. */
  tell(event: DomainEvent, eventId?: string): Promise<void>;
  close(): Promise<void>;
}

/** The context on a database of its own, with real channels that end in the sandbox. */
export async function notificationsUnderTest(): Promise<NotificationsUnderTest> {
  const inbox = await startInboxSandbox({ httpPort: 0, smppPort: 0, smtpPort: 0 });
  const keys = webPush.generateVAPIDKeys();
  const app = await testApp({
    modules: [NotificationsModule],
    mappings: notificationsMappings,
    providers: [ProfileContacts],
    environment: {
      SMPP_URL: inbox.smppUrl,
      SMTP_URL: inbox.smtpUrl,
      VAPID_PUBLIC_KEY: keys.publicKey,
      VAPID_PRIVATE_KEY: keys.privateKey,
    },
  });
  return {
    app,
    inbox,
    tell: async (event, eventId = randomUUID()) => {
      const { type } = event.constructor as typeof DomainEvent;
      await app.sql.query(
        'insert into platform.outbox (id, type, payload, occurred_at, attempts) values ($1, $2, $3, $4, 0)',
        [eventId, type, JSON.stringify(event), app.clock.now()],
      );
      await app.settle();
    },
    close: async () => {
      await app.close();
      await inbox.close();
    },
  };
}
