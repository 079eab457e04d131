import { script } from '../connection/script.js';

const APPROVAL_KEYS = String.raw`
local APPROVALS, THREADS, CLAIMS = KEYS[1], KEYS[2], KEYS[3]
`;

export const saveApproval = script(APPROVAL_KEYS, String.raw`
local id, threadId, state = take(), take(), take()
redis.call('HSET', APPROVALS, id, state)
redis.call('HSET', THREADS, id, threadId)
redis.call('HDEL', CLAIMS, id)
return true
`);

/**
 * Thread and state for the first caller only. A client that lost the answer with its connection sends the very same claim again and gets
 * it then too: else nobody would have it.
 */
export const claimApproval = script(APPROVAL_KEYS, String.raw`
local MINUTE = 60000
local id, attempt = take(), take()
local state = redis.call('HGET', APPROVALS, id)
if state then
  local threadId = redis.call('HGET', THREADS, id)
  redis.call('HDEL', APPROVALS, id)
  redis.call('HDEL', THREADS, id)
  if redis.call('HLEN', CLAIMS) >= 100 then redis.call('DEL', CLAIMS) end
  redis.call('HSET', CLAIMS, id, cjson.encode({ attempt, threadId, state }))
  redis.call('PEXPIRE', CLAIMS, MINUTE)
  return { threadId, state }
end
local claimed = redis.call('HGET', CLAIMS, id)
if not claimed then return false end
local claimedBy, threadId, claimedState = unpack(cjson.decode(claimed))
if claimedBy ~= attempt then return false end
return { threadId, claimedState }
`);

export const deleteApprovalsOfThread = script(APPROVAL_KEYS, String.raw`
local threadId = take()
local known = redis.call('HGETALL', THREADS)
for index = 1, #known, 2 do
  if known[index + 1] == threadId then
    redis.call('HDEL', APPROVALS, known[index])
    redis.call('HDEL', THREADS, known[index])
  end
end
redis.call('DEL', CLAIMS)
return true
`);
