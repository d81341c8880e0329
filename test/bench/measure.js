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
    perSecond: Math.round((times.length / milliseconds) * 1000),
    p50: Math.round(quantile(sorted, 0.5) * 10) / 10,
    p99: Math.round(quantile(sorted, 0.99) * 10) / 10,
    errors: [...errors.values()].reduce((sum, count) => sum + count, 0),
  };
}

export const median = (values) => quantile(values.toSorted((a, b) => a - b), 0.5);
