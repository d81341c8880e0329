const PAUSE_MS = 20;
const LIMIT_MS = 90_000;

/** Asks until the answer is there (not null, undefined or false). What happens in the background has no moment a test could wait for. */
export async function eventually<T>(what: string, ask: () => T | Promise<T>): Promise<Exclude<NonNullable<T>, false>> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer as Exclude<NonNullable<T>, false>;
    if (performance.now() > deadline) throw new Error(`Never happened: ${what}`);
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }
}
