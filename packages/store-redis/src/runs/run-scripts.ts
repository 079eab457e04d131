import { script } from '../connection/script.js';
import { END_RUN, NEXT_FENCE, RUN_RECORD, START_RUN } from './run-fragments.js';

/** Keys as `runKeys` lists them. */
const RUN_KEYS = String.raw`
local RUN, LOG, RUNS, ACTIVE, IDEMPOTENCY, FENCE, OWNER_OF, RUNNING, ENDED = unpack(KEYS)
`;

export const startRun = script(RUN_KEYS, RUN_RECORD, NEXT_FENCE, START_RUN, String.raw`
local start = takeStart()
local refusal, other = refuseStart(start)
if refusal and refusal ~= 'again' then return { refusal, other } end
if not refusal then applyStart(start, nextFence(0)) end
return { 'started', runRecord() }
`);

export const appendEvents = script(RUN_KEYS, RUN_RECORD, String.raw`
local fence, count = take(), tonumber(take())
if heldStatus(fence) ~= 'running' then return 'stale_run' end
local seq = tonumber(redis.call('HGET', RUN, 'lastSeq'))
local first, foldTo, snapshot = tonumber(take()), tonumber(take()), take()
if count > 0 and first > seq + 1 then return redis.error_reply('ERR run events must be numbered without gaps') end
if foldTo > math.max(seq, first + count - 1) then return redis.error_reply('ERR a snapshot must not stand for events that are not there') end
-- A batch that the client sends a second time finds its events there already.
for number = first, first + count - 1 do
  local json = take()
  if number > seq then
    if number > foldTo then redis.call('XADD', LOG, integer(number) .. '-0', 'json', json) end
    seq = number
  end
end
redis.call('HSET', RUN, 'lastSeq', integer(seq))
if foldTo > tonumber(redis.call('HGET', RUN, 'foldedSeq')) then
  redis.call('HSET', RUN, 'foldedSeq', integer(foldTo), 'snapshot', snapshot)
  redis.call('XTRIM', LOG, 'MINID', integer(foldTo + 1) .. '-0')
end
wake()
return redis.call('HGET', RUN, 'cancel') == '1' and 'cancel_requested' or 'written'
`);

export const renewLease = script(RUN_KEYS, RUN_RECORD, String.raw`
local fence, leaseMs = take(), tonumber(take())
if heldStatus(fence) ~= 'running' then return 'stale_run' end
redis.call('HSET', RUN, 'leaseUntil', integer(now + leaseMs))
return redis.call('HGET', RUN, 'cancel') == '1' and 'cancel_requested' or 'renewed'
`);

export const finishRun = script(RUN_KEYS, RUN_RECORD, END_RUN, String.raw`
local fence, status, keepMs = take(), take(), tonumber(take())
local held = heldStatus(fence)
if not held then return 0 end
if held == 'running' then applyEnd(status, keepMs) end
return 1
`);

export const discardRun = script(RUN_KEYS, RUN_RECORD, END_RUN, String.raw`
if heldStatus(take()) ~= 'running' then return 0 end
applyDelete()
return 1
`);

/** Deletes an ended run, or with `force` any. */
export const deleteRun = script(RUN_KEYS, RUN_RECORD, END_RUN, String.raw`
local force = take() == '1'
local status = redis.call('HGET', RUN, 'status')
if not status or (status == 'running' and not force) then return 0 end
applyDelete()
return 1
`);

export const getRun = script(RUN_KEYS, RUN_RECORD, String.raw`
return runRecord() or false
`);

export const getActiveRun = script(String.raw`
return redis.call('HGET', KEYS[1], take())
`);

export const requestCancel = script(RUN_KEYS, String.raw`
if redis.call('HGET', RUN, 'status') ~= 'running' then return 0 end
redis.call('HSET', RUN, 'cancel', 1)
return 1
`);

/** What has become of a run that is due: `taken` with all that is needed to go on, `alive` until when, `ended`, or `gone`. */
export const takeOverRun = script(RUN_KEYS, RUN_RECORD, NEXT_FENCE, String.raw`
local leaseMs = tonumber(take())
local status, fence, leaseUntil, endedAt = unpack(redis.call('HMGET', RUN, 'status', 'fence', 'leaseUntil', 'endedAt'))
if not status then return { 'gone' } end
if status ~= 'running' then return { 'ended', endedAt } end
if tonumber(leaseUntil) > now then return { 'alive', leaseUntil } end
local newFence = nextFence(tonumber(fence) + 1)
rememberFence(newFence)
redis.call('HSET', RUN, 'fence', integer(newFence), 'leaseUntil', integer(now + leaseMs))
if RUNNING then redis.call('ZADD', RUNNING, integer(now + leaseMs), redis.call('HGET', RUN, 'id')) end
return { 'taken', integer(now + leaseMs), runRecord(), redis.call('HGET', RUN, 'scope'), redis.call('HGET', RUN, 'turn') }
`);

/** A stretch of the log: status, last number, the folded part if it is needed, then numbers and events. Says that someone listens. */
export const readEvents = script(RUN_KEYS, String.raw`
local after, count, listenMs = tonumber(take()), tonumber(take()), tonumber(take())
local status, lastSeq, foldedSeq = unpack(redis.call('HMGET', RUN, 'status', 'lastSeq', 'foldedSeq'))
if not status then return false end
if status == 'running' then redis.call('HSET', RUN, 'followedUntil', integer(now + listenMs)) end
local snapshot = false
if after < tonumber(foldedSeq) then
  snapshot = redis.call('HGET', RUN, 'snapshot')
  after = tonumber(foldedSeq)
end
local events = {}
for _, entry in ipairs(redis.call('XRANGE', LOG, integer(after + 1) .. '-0', '+', 'COUNT', count)) do
  events[#events + 1] = string.match(entry[1], '^%d+')
  events[#events + 1] = entry[2][2]
end
return { status, lastSeq, foldedSeq, snapshot, events }
`);

/** `[thread, run, key]` of every run that the owner has. */
export const listRuns = script(String.raw`
return redis.call('ZRANGE', KEYS[1], 0, -1)
`);

export const deleteKeys = script(String.raw`
return redis.call('UNLINK', unpack(KEYS))
`);
