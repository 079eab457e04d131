import { claimId, forgetClaim } from './claim-scripts.js';
import type { ThreadContext } from './thread-keys.js';

/** What is claimed: the key that holds the id's owner, and its name in the owner's `claims`. */
export interface Claim {
  key: string;
  note: string;
}

/**
 * Sends a script that may need an id claimed first. It says so only on a cluster, after it has noted the id; then the id is claimed
 * and the script sent again. Null: the id is another owner's.
 */
export async function withClaim<Reply>(
  { connection, keys }: ThreadContext,
  ownerId: string,
  claim: Claim,
  send: (claimed: '0' | '1') => Promise<Reply>,
  asksForClaim: (reply: Reply) => boolean,
): Promise<Reply | null> {
  const reply = await send('0');
  if (!asksForClaim(reply)) return reply;
  if ((await connection.run(claimId, [claim.key], [ownerId])) === 1) return send('1');
  await connection.run(forgetClaim, [keys.owner(ownerId).claims], [claim.note]);
  return null;
}
