import { isRetryable } from './to-store-error.js';

const ATTEMPTS = 6;

/** Runs a whole transaction again when the server undid it to end a deadlock. */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      // Rivals that wait for the same random time would meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}
