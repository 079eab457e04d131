import { script } from '../connection/script.js';
import { READ_PAGE, THREAD_FIELDS, WRITE_THREAD } from './thread-fragments.js';

/** Keys as `threadKeys` lists them. */
const THREAD_KEYS = String.raw`
local THREAD, ITEMS, ORDER, GONE, THREADS, THREADS_GONE, THREAD_SEQUENCE, CLAIMS, ATTACHMENTS, UPLOADS, BINDINGS, CLAIM = unpack(KEYS)
`;

export const writeThread = script(THREAD_KEYS, WRITE_THREAD, String.raw`
local write = takeWrite()
local refusal = refuseWrite(write)
if refusal then return refusal end
applyWrite(write)
return 'written'
`);

export const getThread = script(THREAD_KEYS, THREAD_FIELDS, String.raw`
return threadFields()
`);

export const getItem = script(THREAD_KEYS, String.raw`
return redis.call('HGET', ITEMS, take())
`);

/** False: no such thread, or an unknown cursor. */
export const listItems = script(THREAD_KEYS, READ_PAGE, String.raw`
if redis.call('EXISTS', THREAD) == 0 then return false end
return pageItems(takePage()) or false
`);

/** False: unknown cursor. Keys: the owner's threads, those that were. */
export const listThreads = script('local ITEMS, ORDER, GONE', READ_PAGE, String.raw`
return pageIds(KEYS[1], KEYS[2], takePage()) or false
`);

/** The place stays, for cursors; so does the claim: an id that was used is its owner's for good. */
export const deleteThread = script(THREAD_KEYS, String.raw`
local threadId = take()
if redis.call('EXISTS', THREAD) == 0 then return 0 end
local place = redis.call('ZSCORE', THREADS, threadId)
redis.call('UNLINK', THREAD, ITEMS, ORDER, GONE)
redis.call('ZREM', THREADS, threadId)
redis.call('ZADD', THREADS_GONE, place, threadId)
return 1
`);

/** For an owner who goes: no place stays. */
export const dropThread = script(THREAD_KEYS, String.raw`
local threadId = take()
redis.call('UNLINK', THREAD, ITEMS, ORDER, GONE)
redis.call('ZREM', THREADS, threadId)
redis.call('ZREM', THREADS_GONE, threadId)
redis.call('SREM', CLAIMS, 't:' .. threadId)
return true
`);

/** Some threads that the owner has or had. Keys: the lists of both. */
export const someThreads = script(String.raw`
local ids = redis.call('ZRANGE', KEYS[1], 0, 49)
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, 49)) do ids[#ids + 1] = id end
return ids
`);
