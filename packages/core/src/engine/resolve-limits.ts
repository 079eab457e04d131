import { MAX_PAGE_LIMIT } from '../store/index.js';
import type { EngineLimits } from './engine.js';
import type { ChatKitLimits } from './options.js';

const DEFAULTS: EngineLimits = {
  maxBodyBytes: 100 * 1024,
  maxDepth: 64,
  maxMessageChars: 32_000,
  maxPageSize: MAX_PAGE_LIMIT,
  maxAttachments: 10,
  maxUploadBytes: 25 * 1024 * 1024,
  maxAudioBytes: 10 * 1024 * 1024,
  maxHistoryFiles: 10,
  maxHistoryFileBytes: 10 * 1024 * 1024,
  maxSessionsPerOwner: 100,
  maxRunsPerOwner: 20,
  turnTimeoutMs: 10 * 60_000,
};

const MOST: Partial<EngineLimits> = {
  maxPageSize: MAX_PAGE_LIMIT,
  // The longest time that a timer can wait; a longer one would end at once.
  turnTimeoutMs: 2 ** 31 - 1,
};

/** Where nothing at all is a limit too. */
const MAY_BE_ZERO: ReadonlySet<keyof EngineLimits> = new Set(['maxHistoryFiles', 'maxHistoryFileBytes']);

/** The limits with their defaults. Throws a TypeError for one that is no positive number. */
export function resolveLimits(limits: ChatKitLimits = {}): EngineLimits {
  const resolved = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof EngineLimits)[]) {
    const value = limits[name];
    if (value === undefined) continue;
    if (!(value > 0) && !(value === 0 && MAY_BE_ZERO.has(name))) throw new TypeError(`limits.${name} must be a positive number.`);
    resolved[name] = Math.min(value, MOST[name] ?? Infinity);
  }
  return resolved;
}
