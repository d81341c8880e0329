const PAUSE_MS = 50;
const LIMIT_MS = 90_000;

/** Asks until the answer is there (not null, undefined or false). What happens in the background has no moment a test could wait for. */
export async function eventually<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Never happened: ${what}`);
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }
}
