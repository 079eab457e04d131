import { script } from '../connection/script.js';

/** Needs `TURNS`, `FACTS`, `TURN_ORDER`, `REPLACED`, `ANSWERS`, `TURN_SEQUENCE`, `OF_THREAD`, `OF_SESSION`. */
export const ADD_TURN = String.raw`
local function takeTurn()
  return { runId = take(), json = take(), facts = take(), answer = take(), hasSession = take() == '1', isSuperseded = take() == '1' }
end
-- The first record of a run stays.
local function applyTurn(turn)
  if redis.call('HSETNX', TURNS, turn.runId, turn.json) == 0 then return end
  local place = redis.call('INCR', TURN_SEQUENCE)
  redis.call('HSET', FACTS, turn.runId, turn.facts)
  redis.call('ZADD', TURN_ORDER, place, turn.runId)
  redis.call('ZADD', OF_THREAD, place, turn.runId)
  if turn.hasSession then redis.call('ZADD', OF_SESSION, place, turn.runId) end
  if turn.isSuperseded then
    redis.call('SADD', REPLACED, turn.runId)
    return
  end
  if turn.answer == '' then return end
  local earlier = redis.call('HGET', ANSWERS, turn.answer)
  if earlier then redis.call('SADD', REPLACED, earlier) end
  redis.call('HSET', ANSWERS, turn.answer, turn.runId)
end
`;

/** Keys as `turnKeys` lists them. */
const TURN_KEYS = String.raw`
local TURNS, FACTS, TURN_ORDER, REPLACED, ANSWERS, TURN_SEQUENCE, OF_THREAD, OF_SESSION = unpack(KEYS)
`;

export const addTurn = script(TURN_KEYS, ADD_TURN, String.raw`
applyTurn(takeTurn())
return true
`);

/**
 * Walks one of the sorted sets, and filters by the facts: `[created, type, session, thread]`. Answers the runs found, their records, and the place to go on
 * from (false at the end of the list): a filter that finds little must not hold up the server. False: unknown cursor.
 * Keys: the set to walk, then as above.
 */
export const queryTurns = script(String.raw`
local WALKED, TURNS, FACTS, TURN_ORDER, REPLACED = unpack(KEYS)
local MOST_SEEN, STEP = 2000, 100
local wanted, descending, cursorKind, cursor = tonumber(take()), take() == 'desc', take(), take()
local from, to, type, session, thread, all = tonumber(take()), tonumber(take()), take(), take(), take(), take() == '1'

local function fits(runId)
  if not all and redis.call('SISMEMBER', REPLACED, runId) == 1 then return false end
  local created, itsType, itsSession, itsThread = unpack(cjson.decode(redis.call('HGET', FACTS, runId)))
  return not ((from and created < from) or (to and created >= to)
    or (type ~= '' and type ~= itsType) or (session ~= '' and session ~= itsSession) or (thread ~= '' and thread ~= itsThread))
end
local function step(place)
  if descending then return redis.call('ZREVRANGEBYSCORE', WALKED, place, '-inf', 'WITHSCORES', 'LIMIT', 0, STEP) end
  return redis.call('ZRANGEBYSCORE', WALKED, place, '+inf', 'WITHSCORES', 'LIMIT', 0, STEP)
end

local place = descending and '+inf' or '-inf'
if cursorKind == 'place' then place = '(' .. cursor end
if cursorKind == 'run' then
  local known = redis.call('ZSCORE', TURN_ORDER, cursor)
  if not known then return false end
  place = '(' .. known
end
local found, seen = {}, 0
while #found < wanted and seen < MOST_SEEN do
  local ids = step(place)
  if #ids == 0 then return { found, #found > 0 and redis.call('HMGET', TURNS, unpack(found)) or {}, false } end
  for index = 1, #ids, 2 do
    if #found < wanted then
      if fits(ids[index]) then found[#found + 1] = ids[index] end
      place = '(' .. ids[index + 1]
    end
  end
  seen = seen + #ids / 2
end
return { found, #found > 0 and redis.call('HMGET', TURNS, unpack(found)) or {}, string.sub(place, 2) }
`);

/** Some of the owner's turns, with a cursor: '0' at the end. Keys: the facts. */
export const scanFacts = script(String.raw`
return redis.call('HSCAN', KEYS[1], take(), 'COUNT', 200)
`);
