import { safeToLog } from '@chatkit-selfhost/core';

/** The server would lose data. Its message names the fix; trying again does not help before that. */
export class UnsafeServerError extends Error {
  constructor(problem: string) {
    super(`store-redis: ${problem}`);
    this.name = 'UnsafeServerError';
    safeToLog(this);
  }
}
