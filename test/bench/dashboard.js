/* (b) The first page of the cabinet: people who have something on every part of it. */
import { randomUUID } from 'node:crypto';
import { copyRow, multiply } from './multiply.js';
import { antiForgeryCookie } from './pages.js';

const CITIZENS = 200;
/** What the page has for each of them. */
export const DASHBOARD_PARTS = ['id="awaiting"', 'id="fines"', 'id="drafts"', 'id="unread"'];

/** Citizens who have something on every part of the page: drafts, an application that waits for them, two in progress, fines, notifications. */
export async function gatherVisitors(pool, pattern, portal) {
  const visitors = await multiply(pool, pattern, CITIZENS);
  const antiForgery = await antiForgeryCookie(portal);
  const accounts = visitors.map(({ accountId }) => accountId);
  const { rows } = await pool.query('select id from applications.service_application limit 1');
  const applicationsLike = (changes) =>
    copyRow(
      pool,
      'applications.service_application',
      'id',
      rows[0].id,
      accounts.map((account) => ({
        id: randomUUID(),
        applicant_id: account,
        registration_number: randomUUID(),
        ...changes,
      })),
    );
  await applicationsLike({ status: 'AWAITING_INFO', respond_by: '2099-12-31' });
  await applicationsLike({ status: 'SENT' });
  await applicationsLike({ status: 'IN_PROGRESS' });
  for (const [age, progress] of [
    ['1', 40],
    ['2', 80],
  ])
    await copyRow(
      pool,
      'applications.draft',
      'id',
      pattern.draftId,
      accounts.map((account) => ({
        id: randomUUID(),
        applicant_id: account,
        updated_at: `2026-01-0${age}`,
        progress_percent: progress,
      })),
    );
  await pool.query(
    `insert into payments.fine (id, account_id, uin, vehicle_id, status, decree_number, decree_date, offence, purpose, amount_kopecks, terms_source,
       discount_possible, discount_percent, discounted_kopecks, discount_until, found_at, as_of)
     select gen_random_uuid(), account, '1881000000000000000' || n, gen_random_uuid(), 'UNPAID', '1881007826000000000' || n, current_date, 'Превышение скорости',
       'Штраф по постановлению № 1881007826000000000' || n || ', превышение скорости на 20–40 км/ч', 75000, 'REGISTRY', true, 25, 56250, current_date + n, now(), now()
     from unnest($1::uuid[]) account, generate_series(1, 4) n`,
    [accounts],
  );
  await pool.query(
    `insert into notifications.notification (id, account_id, kind, event_id, category, title, text, link, created_at, search_text)
     select gen_random_uuid(), account, 'APPLICATION_STATUS', gen_random_uuid(), 'APPLICATIONS', 'Заявление принято к рассмотрению', 'Заявление передано в ведомство.',
       '/applications', now() - n * interval '1 hour', 'заявление'
     from unnest($1::uuid[]) account, generate_series(1, 7) n`,
    [accounts],
  );
  await pool.query('vacuum analyze');
  return visitors.map((visitor) => ({ ...visitor, session: visitor.cookie, cookie: `${antiForgery}; ${visitor.cookie}` }));
}
