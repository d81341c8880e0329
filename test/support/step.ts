/** Names the part of a journey: whatever fails inside says where on the way it was. */
export async function step<T>(name: string, walk: () => Promise<T>): Promise<T> {
  try {
    return await walk();
  } catch (error) {
    throw new StepFailed(name, error);
  }
}

class StepFailed extends Error {
  constructor(name: string, cause: unknown) {
    super(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    if (cause instanceof Error && cause.stack) this.stack = `${name}: ${cause.stack}`;
  }
}
