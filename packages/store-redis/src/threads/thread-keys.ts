import type { Connection } from '../connection/connection.js';
import type { StoreKeys } from '../keys.js';

export interface ThreadContext {
  connection: Connection;
  keys: StoreKeys;
}

/** The keys of one thread, in the order its scripts expect. On a cluster without the claim, which lies in another slot. */
export function threadKeys({ connection, keys }: ThreadContext, ownerId: string, threadId: string): string[] {
  const owned = keys.owner(ownerId);
  return [
    ...threadReadKeys({ connection, keys }, ownerId, threadId),
    owned.threads, owned.threadsGone, owned.threadSequence, owned.claims, owned.attachments, owned.uploads, owned.bindings,
    ...(connection.clustered ? [] : [keys.threadClaim(threadId)]),
  ];
}

/** Those that reading takes: the first ones of {@link threadKeys}. */
export function threadReadKeys({ keys }: ThreadContext, ownerId: string, threadId: string): string[] {
  const owned = keys.owner(ownerId);
  return [owned.thread(threadId), owned.items(threadId), owned.order(threadId), owned.gone(threadId)];
}

/** The keys of one attachment, in the order its scripts expect. */
export function attachmentKeys({ connection, keys }: ThreadContext, ownerId: string, attachmentId: string): string[] {
  const owned = keys.owner(ownerId);
  return [
    owned.attachments, owned.uploads, owned.bindings, owned.claims,
    ...(connection.clustered ? [] : [keys.attachmentClaim(attachmentId)]),
  ];
}
