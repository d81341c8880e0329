alter table payments.fine add column already_paid_kopecks bigint not null default 0;
