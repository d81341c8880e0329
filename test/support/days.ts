/** A day this many days from today in Moscow. */
export const dayAhead = (days: number): Temporal.PlainDate => Temporal.Now.plainDateISO('Europe/Moscow').add({ days });

/** As the portal writes it: «12 марта 2026 г.» */
export const inWords = (day: Temporal.PlainDate): string =>
  day.toLocaleString('ru-RU', { day: 'numeric', month: 'long', year: 'numeric' });

/** As a person types it: `12.03.2026`. */
export const typed = (day: Temporal.PlainDate): string => day.toString().split('-').reverse().join('.');
