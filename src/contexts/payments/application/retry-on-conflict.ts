import { ConcurrentChange } from '../domain/payment.errors.js';

const ATTEMPTS = 6;

/** Loads, decides and saves again when somebody else saved first: a callback, a returning browser and a job may meet. */
export async function retryOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConcurrentChange) || left === 0) throw error;
    }
  }
}
