/**
 * Lua for one run in its owner's slot. Scripts that use a part name the keys it needs first:
 * `RUN`, `LOG`, `RUNS`, `ACTIVE`, `IDEMPOTENCY`, `FENCE`, and on a single server the shard's `OWNER_OF`, `RUNNING`, `ENDED` (else nil).
 */

/** Needs `RUN`. */
export const RUN_RECORD = String.raw`
-- The fields of a RunRecord; nil when there is no run.
local function runRecord()
  local run = redis.call('HMGET', RUN, 'id', 'threadId', 'ownerId', 'fence', 'status', 'lastSeq', 'cancel', 'leaseUntil')
  if not run[1] then return nil end
  run[8] = (run[5] == 'running' and tonumber(run[8]) <= now) and '1' or '0'
  return run
end
-- 'running' or how it ended, while this fence is the run's newest; else nil.
local function heldStatus(fence)
  local run = redis.call('HMGET', RUN, 'status', 'fence')
  if run[1] and tonumber(run[2]) == tonumber(fence) then return run[1] end
  return nil
end
-- Wakes followers, who say in the run until when they listen.
local function wake()
  local listening = redis.call('HGET', RUN, 'followedUntil')
  if listening and tonumber(listening) > now then redis.call('PUBLISH', RUN, '') end
end
`;

/** Needs `FENCE`. */
export const NEXT_FENCE = String.raw`
local DAY = 86400000
-- One counter for all threads of the owner. It may expire: the clock has passed it by then.
local function nextFence(atLeast)
  local last = tonumber(redis.call('GET', FENCE) or 0)
  return math.max(last + 1, atLeast, micros)
end
local function rememberFence(fence) redis.call('SET', FENCE, integer(fence), 'PX', DAY) end
`;

/** Needs `RUN`, `RUNS`, `ACTIVE`, `IDEMPOTENCY`, `OWNER_OF`, `RUNNING`, and the two parts above. */
export const START_RUN = String.raw`
local function takeStart()
  local start = {}
  start.id, start.threadId, start.ownerId, start.attempt, start.key, start.member, start.scope, start.turn, start.lost = unpack(takeMany(9))
  start.leaseMs, start.most = tonumber(take()), tonumber(take())
  return start
end
-- nil: it may start; else an outcome and the other run. 'again': this very call has been made before, its answer was lost.
local function refuseStart(start)
  local attempt = redis.call('HGET', RUN, 'attempt')
  if attempt == start.attempt then return 'again' end
  if attempt then return 'repeated', start.id end
  local earlier = start.key ~= '' and redis.call('HGET', IDEMPOTENCY, start.key)
  if earlier and earlier ~= start.lost then return 'repeated', earlier end
  local holder = redis.call('HGET', ACTIVE, start.threadId)
  if holder and holder ~= start.lost then return 'busy', holder end
  if start.most and redis.call('HLEN', ACTIVE) >= start.most then return 'too_many', '' end
  return nil
end
local function applyStart(start, fence)
  rememberFence(fence)
  redis.call('HSET', RUN, 'id', start.id, 'threadId', start.threadId, 'ownerId', start.ownerId, 'fence', integer(fence), 'status', 'running',
    'lastSeq', 0, 'foldedSeq', 0, 'cancel', 0, 'leaseUntil', integer(now + start.leaseMs),
    'attempt', start.attempt, 'member', start.member, 'scope', start.scope, 'turn', start.turn)
  redis.call('HSET', ACTIVE, start.threadId, start.id)
  redis.call('ZADD', RUNS, '+inf', start.member)
  redis.call('PERSIST', RUNS)
  if start.key ~= '' then redis.call('HSET', IDEMPOTENCY, start.key, start.id) end
  redis.call('PERSIST', IDEMPOTENCY)
  if OWNER_OF then
    redis.call('SET', OWNER_OF, start.ownerId)
    redis.call('ZADD', RUNNING, integer(now + start.leaseMs), start.id)
  end
end
`;

/** Needs `RUN`, `LOG`, `RUNS`, `ACTIVE`, `IDEMPOTENCY`, `OWNER_OF`, `RUNNING`, `ENDED`. */
export const END_RUN = String.raw`
-- The list keeps members a while longer than the runs themselves, then drops them with their idempotency keys.
local function forgetOldRuns(keepMs)
  local old = redis.call('ZRANGEBYSCORE', RUNS, '-inf', integer(now - 2 * keepMs), 'LIMIT', 0, 100)
  for _, member in ipairs(old) do
    local _, id, key = unpack(cjson.decode(member))
    if key and redis.call('HGET', IDEMPOTENCY, key) == id then redis.call('HDEL', IDEMPOTENCY, key) end
    redis.call('ZREM', RUNS, member)
  end
end
local function applyEnd(status, keepMs)
  local id, threadId, member = unpack(redis.call('HMGET', RUN, 'id', 'threadId', 'member'))
  redis.call('HSET', RUN, 'status', status, 'endedAt', integer(now))
  redis.call('HDEL', RUN, 'scope', 'turn')
  if redis.call('HGET', ACTIVE, threadId) == id then redis.call('HDEL', ACTIVE, threadId) end
  redis.call('ZADD', RUNS, integer(now), member)
  forgetOldRuns(keepMs)
  redis.call('PEXPIRE', RUN, keepMs)
  redis.call('PEXPIRE', LOG, keepMs)
  if redis.call('EXISTS', ACTIVE) == 0 then
    redis.call('PEXPIRE', RUNS, 2 * keepMs)
    redis.call('PEXPIRE', IDEMPOTENCY, 2 * keepMs)
  end
  if OWNER_OF then
    redis.call('PEXPIRE', OWNER_OF, keepMs)
    redis.call('ZREM', RUNNING, id)
    redis.call('ZADD', ENDED, integer(now), id)
    redis.call('ZREMRANGEBYSCORE', ENDED, '-inf', integer(now - 2 * keepMs))
    redis.call('PEXPIRE', ENDED, 2 * keepMs)
  end
  wake()
end
-- Removes every trace of the run. Followers find it gone.
local function applyDelete()
  local id, threadId, member = unpack(redis.call('HMGET', RUN, 'id', 'threadId', 'member'))
  wake()
  redis.call('DEL', RUN, LOG)
  if redis.call('HGET', ACTIVE, threadId) == id then redis.call('HDEL', ACTIVE, threadId) end
  redis.call('ZREM', RUNS, member)
  local key = cjson.decode(member)[3]
  if key and redis.call('HGET', IDEMPOTENCY, key) == id then redis.call('HDEL', IDEMPOTENCY, key) end
  if OWNER_OF then
    redis.call('DEL', OWNER_OF)
    redis.call('ZREM', RUNNING, id)
    redis.call('ZREM', ENDED, id)
  end
end
`;
