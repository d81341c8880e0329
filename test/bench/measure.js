/** Runs `work` on every item, `width` at a time; answers the times of the good ones in milliseconds, the errors and the whole time. */
export async function inParallel(items, width, work) {
  const times = [];
  const errors = new Map();
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) {
        const item = items[next++];
        const start = performance.now();
        try {
          await work(item);
          times.push(performance.now() - start);
        } catch (error) {
          errors.set(error.message, (errors.get(error.message) ?? 0) + 1);
        }
      }
    }),
  );
  return { times, errors, milliseconds: performance.now() - began };
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Requests per second, p50 and p99 in milliseconds, number of errors. */
export function summarise({ times, errors, milliseconds }) {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    'per second': Math.round((times.length / milliseconds) * 1000),
    p50: Math.round(quantile(sorted, 0.5) * 10) / 10,
    p99: Math.round(quantile(sorted, 0.99) * 10) / 10,
    errors: [...errors].reduce((sum, [, count]) => sum + count, 0),
  };
}

export const median = (values) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

const MEASURED = ['per second', 'p50', 'p99', 'CPU ms each', 'sender CPU', 'peak MB'];
const COUNTED = ['errors', 'lost', 'doubled'];

/** One line for each row and side of the table: medians of what was measured, sums of what must be nought. */
export function summaryOf(table) {
  return Object.values(Object.groupBy(table, ({ row, side }) => `${row} ${side}`)).map((rounds) => {
    const known = (columns) => columns.filter((column) => rounds[0][column] !== undefined);
    const valuesOf = (column) => rounds.map((round) => round[column]);
    return {
      row: rounds[0].row,
      side: rounds[0].side,
      ...Object.fromEntries(known(MEASURED).map((column) => [column, median(valuesOf(column))])),
      ...Object.fromEntries(
        known(COUNTED).map((column) => [column, valuesOf(column).reduce((sum, count) => sum + count, 0)]),
      ),
    };
  });
}

/** Processor time the product has spent so far, in milliseconds, by its own metrics. */
export async function cpuOf(portal) {
  const metrics = await (await fetch(`${portal}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)[1]) * 1000;
}
