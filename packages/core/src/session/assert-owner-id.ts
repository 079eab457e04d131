import { safeToLog } from '../errors/safe-to-log.js';

/**
 * Refuses what can't name an owner: anything but a text, an empty one, and one with NUL or a lone surrogate, which stores would keep as
 * the replacement character, and so as the same owner as another. Throws a TypeError that names `where` it came from.
 */
export function assertOwnerId(ownerId: unknown, where: string): asserts ownerId is string {
  const problem = problemOf(ownerId);
  if (problem !== null) throw safeToLog(new TypeError(`${where}: the ownerId ${problem}. It has to be a text of its own for every owner.`));
}

function problemOf(ownerId: unknown): string | null {
  if (typeof ownerId !== 'string') return `is not a string (${typeof ownerId})`;
  if (ownerId === '') return 'is empty';
  return ownerId.isWellFormed() && !ownerId.includes('\0') ? null : 'has NUL or a lone surrogate in it';
}
