import { script } from '../connection/script.js';

/** Takes an id for an owner. 1: it is the owner's now, or was. */
export const claimId = script(String.raw`
local ownerId = take()
redis.call('SET', KEYS[1], ownerId, 'NX')
return redis.call('GET', KEYS[1]) == ownerId and 1 or 0
`);

export const releaseId = script(String.raw`
if redis.call('GET', KEYS[1]) == take() then redis.call('DEL', KEYS[1]) end
return true
`);

/** Keys: the owner's noted claims. */
export const forgetClaim = script(String.raw`
return redis.call('SREM', KEYS[1], take())
`);

export const listClaims = script(String.raw`
return redis.call('SMEMBERS', KEYS[1])
`);
