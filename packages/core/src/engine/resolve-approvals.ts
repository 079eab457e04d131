import type { Engine } from './engine.js';
import type { ApprovalOptions } from './options.js';

const DEFAULT_LIFETIME_MS = 7 * 24 * 60 * 60_000;

/** The options with their defaults. Throws a TypeError for a lifetime that is no positive number. */
export function resolveApprovals({ lifetimeMs = DEFAULT_LIFETIME_MS, onNewMessage = 'withdraw' }: ApprovalOptions = {}): Engine['approvals'] {
  if (!(lifetimeMs > 0)) throw new TypeError('approvals.lifetimeMs must be a positive number.');
  return { lifetimeMs, onNewMessage };
}
