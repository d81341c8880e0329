-- Counters of the rate limiter (the layout its library expects). Losing them in a crash loses nothing of value.
create unlogged table platform.rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
