import { randomUUID } from 'node:crypto';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PortalVisitor } from '../../../../../test/support/portal-visitor.js';
import { personFacts } from '../../../../../test/support/profile.js';
import { testApp, type TestApp } from '../../../../../test/support/test-app.js';
import { type AccountLevel } from '../../../../kernel/account-level.js';
import { type ApplicationsAttention, ApplicationsAttentionQuery } from '../../../applications/public.js';
import { type UnreadNotifications, UnreadNotificationsQuery } from '../../../notifications/public.js';
import { type FinesAttention, FinesAttentionQuery } from '../../../payments/public.js';
import { PersonRepository } from '../../domain/person.repository.js';
import { Person } from '../../domain/person.js';
import { ProfileModule, profileMappings } from '../../profile.module.js';

const NO_FINES: FinesAttention = { unpaidCount: 0, dueKopecks: 0, fines: [] };
const NO_APPLICATIONS: ApplicationsAttention = { awaiting: [], drafts: [], draftCount: 0, inProgressCount: 0 };
const NO_NOTIFICATIONS: UnreadNotifications = { count: 0, latest: [] };

/** What the neighbours answer; null stands for one that is out of order. */
const neighbours: {
  fines: FinesAttention | null;
  applications: ApplicationsAttention | null;
  notifications: UnreadNotifications | null;
} = {
  fines: NO_FINES,
  applications: NO_APPLICATIONS,
  notifications: NO_NOTIFICATIONS,
};
const answerOf = <T>(answer: T | null): Promise<T> =>
  answer === null ? Promise.reject(new Error('out of order')) : Promise.resolve(answer);

@QueryHandler(FinesAttentionQuery)
class Payments implements IQueryHandler<FinesAttentionQuery> {
  execute(): Promise<FinesAttention> {
    return answerOf(neighbours.fines);
  }
}
@QueryHandler(ApplicationsAttentionQuery)
class Applications implements IQueryHandler<ApplicationsAttentionQuery> {
  execute(): Promise<ApplicationsAttention> {
    return answerOf(neighbours.applications);
  }
}
@QueryHandler(UnreadNotificationsQuery)
class Notifications implements IQueryHandler<UnreadNotificationsQuery> {
  execute(): Promise<UnreadNotifications> {
    return answerOf(neighbours.notifications);
  }
}

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    modules: [ProfileModule],
    mappings: profileMappings,
    providers: [Payments, Applications, Notifications],
  });
});
afterAll(() => app.close());

let account: string;
beforeEach(() => {
  account = randomUUID();
  Object.assign(neighbours, { fines: NO_FINES, applications: NO_APPLICATIONS, notifications: NO_NOTIFICATIONS });
});

const openAs = (level: AccountLevel) => {
  app.principals.citizen = { accountId: account, sessionId: 'live', level, displayName: 'Ольга Л.', oid: '1000000003' };
  return new PortalVisitor(app.nest).open('/cabinet');
};

const FINES: FinesAttention = {
  unpaidCount: 3,
  dueKopecks: 237_500,
  fines: [
    {
      fineId: 'f1',
      purpose: 'Превышение скорости',
      amountKopecks: 75_000,
      dueKopecks: 37_500,
      discountUntil: '2026-12-07',
      daysLeft: 15,
    },
    {
      fineId: 'f2',
      purpose: 'Стоянка на газоне',
      amountKopecks: 150_000,
      dueKopecks: 75_000,
      discountUntil: '2026-11-22',
      daysLeft: 0,
    },
    {
      fineId: 'f3',
      purpose: 'Стоп-линия',
      amountKopecks: 50_000,
      dueKopecks: 50_000,
      discountUntil: null,
      daysLeft: null,
    },
  ],
};

describe('the first page of the cabinet', () => {
  it('greets by the name of the session until the profile was read, and by name and patronymic afterwards', async () => {
    expect((await openAs('CONFIRMED')).text).toContain('Здравствуйте, Ольга Л.');
    const person = Person.mirror(account, personFacts({ middleName: 'Ивановна' }), app.clock.now());
    await app.inUnitOfWork(() => app.get(PersonRepository).save(person));
    expect((await openAs('CONFIRMED')).text).toContain('Здравствуйте, Ольга Ивановна');
  });

  it.each<[AccountLevel, string, string]>([
    ['SIMPLIFIED', 'Упрощённая', 'Дополнить профиль на Госуслугах'],
    ['STANDARD', 'Стандартная', 'Подтвердить личность на Госуслугах'],
    ['CONFIRMED', 'Подтверждённая', 'Вам доступны все услуги портала'],
  ])('says what the level %s allows and how to raise it', async (level, name, advice) => {
    const { text } = await openAs(level);
    expect(text).toContain(name);
    expect(text).toContain(advice);
  });

  it('shows fines with both sums, the last day of the discount and the days left', async () => {
    neighbours.fines = FINES;
    const { text, html } = await openAs('CONFIRMED');
    expect(text).toContain('3 неоплаченных штрафа');
    expect(text).toContain('Оплатить всё сегодня: 2 375,00 ₽');
    expect(text).toContain(
      'Превышение скорости Скидка до 7 декабря 2026 г., осталось 15 дней 375,00 ₽ вместо 750,00 ₽',
    );
    expect(text).toContain('Стоянка на газоне Скидка действует последний день 750,00 ₽ вместо 1 500,00 ₽');
    expect(text).toContain('Стоп-линия Без скидки 500,00 ₽');
    expect(html).toContain('href="/fines/f1"');
  });

  it('shows what waits for an answer, drafts and new notifications', async () => {
    neighbours.applications = {
      awaiting: [
        {
          applicationId: 'a1',
          registrationNumber: '78-2026-00000017',
          serviceTitle: 'Запись в первый класс',
          respondBy: '2026-11-27',
        },
      ],
      drafts: [{ draftId: 'd1', serviceTitle: 'Справка', updatedAt: '2026-11-21T09:00:00Z', progressPercent: 40 }],
      draftCount: 5,
      inProgressCount: 2,
    };
    neighbours.notifications = {
      count: 1,
      latest: [{ notificationId: 'n1', title: 'Новый штраф', at: '2026-11-22T08:00:00Z' }],
    };
    const { text } = await openAs('CONFIRMED');
    expect(text).toContain('Заявление № 78-2026-00000017 Ответьте до 27 ноября 2026 г.');
    expect(text).toContain('5 черновиков');
    expect(text).toContain('заполнено на 40%');
    expect(text).toContain('1 непрочитанное уведомление');
    expect(text).toContain('Новый штраф');
    expect(text).toContain('В работе 2 заявления');
  });

  it('says so when nothing needs attention', async () => {
    const { status, text } = await openAs('CONFIRMED');
    expect(status).toBe(200);
    expect(text).toContain('Срочных дел нет');
  });

  it.each(['fines', 'applications', 'notifications'] as const)('stands when %s do not answer', async (silent) => {
    neighbours.fines = FINES;
    neighbours.notifications = { count: 2, latest: [] };
    neighbours[silent] = null;
    const { status, text } = await openAs('CONFIRMED');
    expect(status).toBe(200);
    expect(text).toContain('Часть сведений сейчас не загрузилась');
    expect(text.includes('3 неоплаченных штрафа')).toBe(silent !== 'fines');
    expect(text.includes('2 непрочитанных уведомления')).toBe(silent !== 'notifications');
  });
});
