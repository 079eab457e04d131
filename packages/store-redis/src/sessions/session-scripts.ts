import { script } from '../connection/script.js';

const FIELDS = String.raw`
local SESSION, SESSIONS = KEYS[1], KEYS[2]

local function record()
  return redis.call('HMGET', SESSION, 'id', 'tokenHash', 'ownerId', 'label', 'createdAt', 'lastSeenAt', 'expiresAt', 'endsAt')
end
-- Whether the session lives and this is its token.
local function holds(tokenHash)
  local known = redis.call('HMGET', SESSION, 'tokenHash', 'expiresAt')
  return known[1] == tokenHash and tonumber(known[2]) > now
end
-- The server removes the key at that time; the field decides, so that not even a millisecond differs.
local function expireAt(id, time)
  redis.call('HSET', SESSION, 'expiresAt', integer(time))
  redis.call('PEXPIRE', SESSION, integer(math.max(time - now, 1)))
  redis.call('ZADD', SESSIONS, integer(time), id)
end
`;

/** The record, null when the owner has too many; and sessions that have expired, for the caller to clear away. */
export const createSession = script(FIELDS, String.raw`
local id, tokenHash, ownerId, label, attempt = unpack(takeMany(5))
local idleMs, absoluteMs, most = tonumber(take()), tonumber(take()), tonumber(take())
local expired = redis.call('ZRANGEBYSCORE', SESSIONS, '-inf', integer(now), 'LIMIT', 0, 20)
if redis.call('HGET', SESSION, 'attempt') == attempt then return { record(), expired } end
if most and redis.call('ZCOUNT', SESSIONS, '(' .. integer(now), '+inf') >= most then return { false, expired } end
redis.call('DEL', SESSION)
redis.call('HSET', SESSION, 'id', id, 'tokenHash', tokenHash, 'ownerId', ownerId, 'label', label, 'attempt', attempt,
  'createdAt', integer(now), 'lastSeenAt', integer(now), 'endsAt', integer(now + absoluteMs))
expireAt(id, now + math.min(idleMs, absoluteMs))
-- The list goes with the last session that it can name.
redis.call('PEXPIRE', SESSIONS, integer(math.max(redis.call('PTTL', SESSIONS), absoluteMs)))
return { record(), expired }
`);

export const getSession = script(FIELDS, String.raw`
if not holds(take()) then return false end
return record()
`);

export const touchSession = script(FIELDS, String.raw`
local tokenHash, idleMs = take(), tonumber(take())
if not holds(tokenHash) then return false end
local known = redis.call('HMGET', SESSION, 'id', 'endsAt')
redis.call('HSET', SESSION, 'lastSeenAt', integer(now))
expireAt(known[1], math.min(now + idleMs, tonumber(known[2])))
return record()
`);

export const closeSession = script(FIELDS, String.raw`
local tokenHash, graceMs = take(), tonumber(take())
if not holds(tokenHash) then return false end
local known = redis.call('HMGET', SESSION, 'id', 'expiresAt')
expireAt(known[1], math.min(now + graceMs, tonumber(known[2])))
return true
`);

/**
 * The record under its new token, or null. The old token is dead from here on; its pointer is noted in `stale` until it is deleted,
 * for otherwise nobody would find it when the process dies before that.
 */
export const rotateSession = script(FIELDS, String.raw`
local from, to, attempt = take(), take(), take()
if redis.call('HGET', SESSION, 'rotation') == attempt and holds(to) then return record() end
if not holds(from) then return false end
local stale = redis.call('HGET', SESSION, 'stale')
redis.call('HSET', SESSION, 'tokenHash', to, 'rotation', attempt, 'stale', stale and (stale .. ' ' .. from) or from)
return record()
`);

/** The old token's pointer is gone. */
export const settleRotation = script(FIELDS, String.raw`
if redis.call('HGET', SESSION, 'stale') == take() then redis.call('HDEL', SESSION, 'stale') end
return true
`);

/** Removes the record that still has this token, or any when none is given. 1: it was alive. */
export const removeSession = script(FIELDS, String.raw`
local id, tokenHash = take(), take()
local known = redis.call('HMGET', SESSION, 'tokenHash', 'expiresAt')
if known[1] and tokenHash ~= '' and known[1] ~= tokenHash then return 0 end
redis.call('DEL', SESSION)
redis.call('ZREM', SESSIONS, id)
return (known[1] and tonumber(known[2]) > now) and 1 or 0
`);

/** All hashes that a pointer may exist for. */
export const tokensOfSession = script(FIELDS, String.raw`
return redis.call('HMGET', SESSION, 'tokenHash', 'stale')
`);

/** Some of the owner's sessions. */
export const listSessions = script(String.raw`
return redis.call('ZRANGE', KEYS[1], 0, 99)
`);

export const setToken = script(String.raw`
redis.call('SET', KEYS[1], take(), 'PX', take())
return true
`);

export const getToken = script(String.raw`
return { redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1]) }
`);

export const deleteToken = script(String.raw`
return redis.call('DEL', KEYS[1])
`);
