/** Waits until `probe` answers something, asking often; fails with what was awaited when it never does. */
export async function until<T>(what: string, probe: () => T | Promise<T>, withinMs = 5000): Promise<NonNullable<T>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
