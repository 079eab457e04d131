import { script } from '../connection/script.js';

const APPROVALS = String.raw`
local APPROVALS, THREADS, CLAIMS, EXPIRIES = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local function forget(id)
  redis.call('HDEL', APPROVALS, id)
  redis.call('HDEL', THREADS, id)
  redis.call('ZREM', EXPIRIES, id)
end
`;

/**
 * Those whose lifetime is over go when their owner is asked something again. When all have one, the server lets the whole go once the last is
 * over: then no clean-up has to look for owners that never come back.
 */
export const saveApproval = script(APPROVALS, String.raw`
local id, threadId, state, lifetime = take(), take(), take(), tonumber(take())
for _, expired in ipairs(redis.call('ZRANGEBYSCORE', EXPIRIES, '-inf', now, 'LIMIT', 0, 100)) do forget(expired) end
redis.call('HSET', APPROVALS, id, state)
redis.call('HSET', THREADS, id, threadId)
redis.call('HDEL', CLAIMS, id)
if lifetime then redis.call('ZADD', EXPIRIES, integer(now + lifetime), id) else redis.call('ZREM', EXPIRIES, id) end
local last = redis.call('ZRANGE', EXPIRIES, -1, -1, 'WITHSCORES')
local allExpire = redis.call('ZCARD', EXPIRIES) == redis.call('HLEN', APPROVALS)
for _, key in ipairs({ APPROVALS, THREADS, EXPIRIES }) do
  if allExpire then redis.call('PEXPIRE', key, integer(tonumber(last[2]) - now)) else redis.call('PERSIST', key) end
end
return true
`);

/**
 * Thread, state and what is left of the lifetime, for the first caller only. A client that lost the answer with its connection sends the very
 * same claim again and gets it then too: else nobody would have it.
 */
export const claimApproval = script(APPROVALS, String.raw`
local MINUTE = 60000
local id, attempt = take(), take()
local state = redis.call('HGET', APPROVALS, id)
if state then
  local threadId = redis.call('HGET', THREADS, id)
  local expiry = redis.call('ZSCORE', EXPIRIES, id)
  forget(id)
  if expiry and tonumber(expiry) <= now then return false end
  local remaining = expiry and integer(tonumber(expiry) - now) or ''
  if redis.call('HLEN', CLAIMS) >= 100 then redis.call('DEL', CLAIMS) end
  redis.call('HSET', CLAIMS, id, cjson.encode({ attempt, threadId, state, remaining }))
  redis.call('PEXPIRE', CLAIMS, MINUTE)
  return { threadId, state, remaining }
end
local claimed = redis.call('HGET', CLAIMS, id)
if not claimed then return false end
local claimedBy, threadId, claimedState, remaining = unpack(cjson.decode(claimed))
if claimedBy ~= attempt then return false end
return { threadId, claimedState, remaining }
`);

export const deleteApprovalsOfThread = script(APPROVALS, String.raw`
local threadId = take()
local known = redis.call('HGETALL', THREADS)
for index = 1, #known, 2 do
  if known[index + 1] == threadId then forget(known[index]) end
end
redis.call('DEL', CLAIMS)
return true
`);
