import { script } from '../connection/script.js';

/** The shard's side of a run, for clusters, where it can't change together with the run: `keys.ts` says in which order. */
const SHARD_KEYS = String.raw`
local OWNER_OF, RUNNING, ENDED = unpack(KEYS)
`;

export const enterRun = script(SHARD_KEYS, String.raw`
local id, ownerId, dueAfterMs = take(), take(), tonumber(take())
redis.call('SET', OWNER_OF, ownerId)
redis.call('ZADD', RUNNING, integer(now + dueAfterMs), id)
return true
`);

/** The run is alive and due at that time. */
export const setDue = script(SHARD_KEYS, String.raw`
local id, time = take(), take()
redis.call('ZADD', RUNNING, 'XX', time, id)
return true
`);

/** The run has ended. An empty time: now. */
export const settleRun = script(SHARD_KEYS, String.raw`
local id, keepMs, endedAt = take(), tonumber(take()), take()
redis.call('ZREM', RUNNING, id)
redis.call('ZADD', ENDED, endedAt == '' and integer(now) or endedAt, id)
redis.call('ZREMRANGEBYSCORE', ENDED, '-inf', integer(now - 2 * keepMs))
redis.call('PEXPIRE', ENDED, 2 * keepMs)
redis.call('PEXPIRE', OWNER_OF, keepMs)
return true
`);

/** There is no such run (any more). */
export const leaveRun = script(SHARD_KEYS, String.raw`
local id = take()
redis.call('DEL', OWNER_OF)
redis.call('ZREM', RUNNING, id)
redis.call('ZREM', ENDED, id)
return true
`);

/**
 * An entry whose run isn't there is either left over, or of a run that is just being made: the entry comes first.
 * So it goes only when it is well overdue; until then it is looked at again later.
 */
export const leaveMissingRun = script(SHARD_KEYS, String.raw`
local id, graceMs = take(), tonumber(take())
local due = redis.call('ZSCORE', RUNNING, id)
if due and tonumber(due) + graceMs > now then return 0 end
redis.call('DEL', OWNER_OF)
redis.call('ZREM', RUNNING, id)
redis.call('ZREM', ENDED, id)
return 1
`);

export const ownerOfRun = script(String.raw`
return redis.call('GET', KEYS[1])
`);

/** Runs to look at. Keys: `RUNNING`. */
export const dueRuns = script(String.raw`
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', integer(now), 'LIMIT', take(), take())
`);

/** Runs that ended longer ago. Keys: `ENDED`. */
export const endedRuns = script(String.raw`
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', integer(now - tonumber(take())), 'LIMIT', 0, take())
`);
