import { script } from '../connection/script.js';
import { ADD_TURN } from '../history/history-scripts.js';
import { END_RUN, NEXT_FENCE, RUN_RECORD, START_RUN } from '../runs/run-fragments.js';
import { READ_PAGE, THREAD_FIELDS, WRITE_THREAD } from '../threads/thread-fragments.js';

/** All of a thread but its claim. */
const THREAD_KEYS = 'THREAD, ITEMS, ORDER, GONE, THREADS, THREADS_GONE, THREAD_SEQUENCE, CLAIMS, ATTACHMENTS, UPLOADS, BINDINGS';
/** All of a run but the shard's. */
const RUN_KEYS = 'RUN, LOG, RUNS, ACTIVE, IDEMPOTENCY, FENCE';
/** Of one owner first, then, on a single server, of other slots. */
const BEGIN_KEYS = `local ${THREAD_KEYS}, ${RUN_KEYS}, CLAIM, OWNER_OF, RUNNING, ENDED = unpack(KEYS)`;
const END_KEYS = `local ${THREAD_KEYS}, ${RUN_KEYS}, TURNS, FACTS, TURN_ORDER, REPLACED, ANSWERS, TURN_SEQUENCE, OF_THREAD, OF_SESSION, CLAIM, OWNER_OF, RUNNING, ENDED = unpack(KEYS)`;

/** Start, write and read. Nothing is changed unless all of it can be. */
export const beginTurn = script(BEGIN_KEYS, RUN_RECORD, NEXT_FENCE, START_RUN, THREAD_FIELDS, READ_PAGE, WRITE_THREAD, String.raw`
local start, write, page = takeStart(), takeWrite(), takePage()
local refusal, other = refuseStart(start)
if refusal and refusal ~= 'again' then return { refusal, other } end
if not refusal then
  -- Above every fence the thread has seen, also those of another backend that runs once came from.
  local fence = nextFence(tonumber(redis.call('HGET', THREAD, 'fence') or 0) + 1)
  write.fence = write.fence or fence
  refusal = refuseWrite(write)
  if refusal then return { refusal } end
  applyStart(start, fence)
  applyWrite(write)
end
return { 'started', runRecord(), threadFields(), pageItems(page) or false }
`);

/** Write, record and end. */
export const endTurn = script(END_KEYS, RUN_RECORD, END_RUN, WRITE_THREAD, ADD_TURN, String.raw`
local fence, status, keepMs = take(), take(), tonumber(take())
local write, turn = takeWrite(), takeTurn()
local held = heldStatus(fence)
if not held then return 'stale_run' end
local refusal = refuseWrite(write)
if refusal == 'stale_run' or refusal == 'claim' then return refusal end
if not refusal then applyWrite(write) end
applyTurn(turn)
if held == 'running' then applyEnd(status, keepMs) end
return refusal and 'not_found' or 'written'
`);
