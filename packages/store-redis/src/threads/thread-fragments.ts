/**
 * Lua for one thread in its owner's slot. Scripts that use a part name the keys it needs first: `THREAD`, `ITEMS`, `ORDER`, `GONE`,
 * `THREADS`, `THREADS_GONE`, `THREAD_SEQUENCE`, `CLAIMS`, `ATTACHMENTS`, `UPLOADS`, `BINDINGS`, and on a single server `CLAIM` (else nil).
 */

/** Needs a list's sorted sets: what is there, and what was. */
export const READ_PAGE = String.raw`
-- Ids after the cursor; nil when the cursor never was in this list. One more than the page holds tells that there is more.
local function pageIds(order, gone, page)
  local from = page.descending and '+inf' or '-inf'
  if page.hasCursor then
    local place = redis.call('ZSCORE', order, page.after) or redis.call('ZSCORE', gone, page.after)
    if not place then return nil end
    from = '(' .. place
  end
  if page.descending then return redis.call('ZREVRANGEBYSCORE', order, from, '-inf', 'LIMIT', 0, page.limit + 1) end
  return redis.call('ZRANGEBYSCORE', order, from, '+inf', 'LIMIT', 0, page.limit + 1)
end
local function takePage()
  return { limit = tonumber(take()), descending = take() == 'desc', hasCursor = take() == '1', after = take() }
end
local function pageItems(page)
  local ids = pageIds(ORDER, GONE, page)
  if not ids then return nil end
  if #ids == 0 then return { {}, {} } end
  return { ids, redis.call('HMGET', ITEMS, unpack(ids)) }
end
`;

/** The thread's fields, each of them JSON. */
export const THREAD_FIELDS = String.raw`
local function threadFields()
  return redis.call('HMGET', THREAD, 'rest', 'title', 'status', 'domains', 'metadata')
end
`;

export const WRITE_THREAD = String.raw`
local function takePairs()
  return takeMany(2 * tonumber(take()))
end
local function takeList()
  return takeMany(tonumber(take()))
end
local function takeWrite()
  local write = { threadId = take(), ownerId = take(), claimed = take() == '1', fence = tonumber(take()), onlyIfActive = take() == '1', onlyIfPresent = take() }
  write.creates = take() == '1'
  write.created = takePairs()
  write.updated = takePairs()
  write.cuts = take() == '1'
  write.removeAfter = take()
  write.removed = takeList()
  write.put = takePairs()
  write.attached = takeList()
  return write
end
-- Whether the thread is active, as it is or as it would be made.
local function isActive(write, known)
  if known then return redis.call('HGET', THREAD, 'active') == '1' end
  for index = 1, #write.created, 2 do
    if write.created[index] == 'active' then return write.created[index + 1] == '1' end
  end
  return false
end
-- The id must be this owner's: on a single server its claim is among the keys, on a cluster the caller goes and claims it.
local function refuseClaim(write)
  if CLAIM then
    local owner = redis.call('GET', CLAIM)
    return owner and owner ~= write.ownerId and 'not_found' or nil
  end
  if write.claimed then return nil end
  redis.call('SADD', CLAIMS, 't:' .. write.threadId)
  return 'claim'
end
-- nil when the write can be applied, else why not. All that can be refused is refused here, before anything changes.
local function refuseWrite(write)
  local known = redis.call('EXISTS', THREAD) == 1
  write.makes = not known
  if not known and not write.creates then return 'not_found' end
  if known and write.fence and write.fence < tonumber(redis.call('HGET', THREAD, 'fence') or 0) then return 'stale_run' end
  if write.onlyIfActive and not isActive(write, known) then return 'not_active' end
  if write.onlyIfPresent ~= '' and not redis.call('ZSCORE', ORDER, write.onlyIfPresent) then return 'not_found' end
  if write.cuts and not redis.call('ZSCORE', ORDER, write.removeAfter) then return 'not_found' end
  for _, id in ipairs(write.attached) do
    if redis.call('HEXISTS', ATTACHMENTS, id) == 0 then return 'not_found' end
    local threadId = redis.call('HGET', BINDINGS, id)
    if threadId and threadId ~= write.threadId then return 'not_found' end
  end
  if write.makes then return refuseClaim(write) end
  return nil
end
-- An empty value clears the field.
local function setFields(fields)
  for index = 1, #fields, 2 do
    if fields[index + 1] == '' then redis.call('HDEL', THREAD, fields[index]) else redis.call('HSET', THREAD, fields[index], fields[index + 1]) end
  end
end
local function removeItem(id)
  local place = redis.call('ZSCORE', ORDER, id)
  if not place then return end
  redis.call('ZREM', ORDER, id)
  redis.call('HDEL', ITEMS, id)
  redis.call('ZADD', GONE, place, id)
end
-- Lua hands over a few thousand values at once at the most. An even number: pairs stay together.
local function inChunks(command, key, values)
  for first = 1, #values, 2000 do redis.call(command, key, unpack(values, first, math.min(first + 1999, #values))) end
end
-- Ids, and places with their ids, of what a sorted set answered with scores.
local function idsAndPlaces(found)
  local ids, places = {}, {}
  for index = 1, #found, 2 do
    ids[#ids + 1] = found[index]
    places[#places + 1] = found[index + 1]
    places[#places + 1] = found[index]
  end
  return ids, places
end
-- When little goes.
local function takeAway(after)
  local ids, places = idsAndPlaces(redis.call('ZRANGEBYSCORE', ORDER, after, '+inf', 'WITHSCORES'))
  redis.call('ZREMRANGEBYSCORE', ORDER, after, '+inf')
  inChunks('HDEL', ITEMS, ids)
  inChunks('ZADD', GONE, places)
end
-- When much goes: the list becomes that of what is gone as it is, and what stays, and what was gone before, is carried over.
local function keepOnly(place)
  local ids, places = idsAndPlaces(redis.call('ZRANGEBYSCORE', ORDER, '-inf', place, 'WITHSCORES'))
  local _, goneBefore = idsAndPlaces(redis.call('ZRANGE', GONE, 0, -1, 'WITHSCORES'))
  local items = {}
  for first = 1, #ids, 1000 do
    for index, json in ipairs(redis.call('HMGET', ITEMS, unpack(ids, first, math.min(first + 999, #ids)))) do
      items[#items + 1] = ids[first + index - 1]
      items[#items + 1] = json
    end
  end
  redis.call('UNLINK', ITEMS, GONE)
  redis.call('RENAME', ORDER, GONE)
  inChunks('HSET', ITEMS, items)
  inChunks('ZREM', GONE, ids)
  inChunks('ZADD', GONE, goneBefore)
  inChunks('ZADD', ORDER, places)
end
-- In few commands on few values: the server answers nobody else meanwhile.
local function removeItemsAfter(place)
  local after = '(' .. place
  local going = redis.call('ZCOUNT', ORDER, after, '+inf')
  local carried = redis.call('ZCARD', ORDER) - going + redis.call('ZCARD', GONE)
  if going <= carried then takeAway(after) else keepOnly(place) end
end
local function applyWrite(write)
  if write.makes then
    setFields(write.created)
    redis.call('ZADD', THREADS, redis.call('INCR', THREAD_SEQUENCE), write.threadId)
    redis.call('ZREM', THREADS_GONE, write.threadId)
    redis.call('SREM', CLAIMS, 't:' .. write.threadId)
    if CLAIM then redis.call('SET', CLAIM, write.ownerId) end
  end
  if write.fence then redis.call('HSET', THREAD, 'fence', integer(write.fence)) end
  setFields(write.updated)
  if write.cuts then removeItemsAfter(redis.call('ZSCORE', ORDER, write.removeAfter)) end
  for _, id in ipairs(write.removed) do removeItem(id) end
  for index = 1, #write.put, 2 do
    local id = write.put[index]
    if redis.call('HSET', ITEMS, id, write.put[index + 1]) == 1 then
      redis.call('ZADD', ORDER, redis.call('HINCRBY', THREAD, 'sequence', 1), id)
      redis.call('ZREM', GONE, id)
    end
  end
  for _, id in ipairs(write.attached) do
    redis.call('HSET', BINDINGS, id, write.threadId)
    redis.call('HDEL', UPLOADS, id)
  end
end
`;
