import { script } from '../connection/script.js';

/** Keys as `attachmentKeys` lists them. */
const ATTACHMENT_KEYS = String.raw`
local ATTACHMENTS, UPLOADS, BINDINGS, CLAIMS, CLAIM = unpack(KEYS)
`;

/** A record's binding is set when it is made and by thread writes, never by replacing the record. */
export const putAttachment = script(ATTACHMENT_KEYS, String.raw`
local id, ownerId, claimed, json, upload, threadId = take(), take(), take() == '1', take(), take(), take()
local known = redis.call('HEXISTS', ATTACHMENTS, id) == 1
if not known and CLAIM then
  local owner = redis.call('GET', CLAIM)
  if owner and owner ~= ownerId then return 'not_found' end
  redis.call('SET', CLAIM, ownerId)
elseif not known and not claimed then
  redis.call('SADD', CLAIMS, 'a:' .. id)
  return 'claim'
end
redis.call('HSET', ATTACHMENTS, id, json)
if upload == '' then redis.call('HDEL', UPLOADS, id) else redis.call('HSET', UPLOADS, id, upload) end
if not known then
  redis.call('HDEL', BINDINGS, id)
  if threadId ~= '' then redis.call('HSET', BINDINGS, id, threadId) end
  redis.call('SREM', CLAIMS, 'a:' .. id)
end
return 'written'
`);

export const getAttachments = script(ATTACHMENT_KEYS, String.raw`
local found = {}
for _, id in ipairs(takeMany(#ARGV - 1)) do
  local json = redis.call('HGET', ATTACHMENTS, id)
  if json then found[#found + 1] = { json, redis.call('HGET', UPLOADS, id), redis.call('HGET', BINDINGS, id) } end
end
return found
`);

/** The id is noted until its claim is gone too. */
export const deleteAttachment = script(ATTACHMENT_KEYS, String.raw`
local id = take()
if redis.call('HDEL', ATTACHMENTS, id) == 0 then return 0 end
redis.call('HDEL', UPLOADS, id)
redis.call('HDEL', BINDINGS, id)
if CLAIM then redis.call('DEL', CLAIM) else redis.call('SADD', CLAIMS, 'a:' .. id) end
return 1
`);

export const listAttachments = script(ATTACHMENT_KEYS, String.raw`
return redis.call('HKEYS', ATTACHMENTS)
`);
