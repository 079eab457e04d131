/**
 * Every key the store uses, and why it lies where it does.
 *
 * A Redis Cluster runs a script only on keys of one hash slot, and only the text in the first `{...}` of a key chooses the slot.
 * All scripts name all their keys, and each script's keys share one tag:
 *
 * | tag | what | why |
 * |---|---|---|
 * | `{o.<owner>}` | threads, items, attachments, history, sessions, runs and their logs of one owner | a turn changes all of these at once, always for one owner |
 * | `{t.<thread>}`, `{a.<attachment>}` | which owner has this id | ids are unique over all owners, who live in different slots |
 * | `{s.<token hash>}` | which owner and session a token is of | a request brings only the token |
 * | `{r.<0-f>}` | which owner a run is of; which runs run, which have ended | a lease brings only the run's id; recovery asks for runs of any owner |
 *
 * On a single server the last three change in the same script as the owner's keys. On a cluster they are steps of their own,
 * in an order that leaves nothing wrong when the process dies between them:
 *
 * - thread or attachment made: the id is noted in the owner's `claims`, then claimed, then the record is written. Left over: a claim without a
 *   record, which is this owner's still and which `deleteOwner` finds in `claims`.
 * - session made or its token rotated: the owner's record, then the token's pointer. Left over: a session whose token nobody was given; it expires.
 * - run started: the shard's entry, then the run. Left over: an entry without a run, which `recover` removes.
 * - run ended or deleted: the run, then the shard's entry. Left over: an entry that says otherwise; `recover` and `prune` put it right.
 * - run taken over: the run, then the entry's time. Left over: an entry that is due too early; `recover` puts it right.
 */
export interface StoreKeys {
  owner: (ownerId: string) => OwnerKeys;
  shards: ShardKeys[];
  shardOf: (runId: string) => ShardKeys;
  threadClaim: (threadId: string) => string;
  attachmentClaim: (attachmentId: string) => string;
  token: (tokenHash: string) => string;
}

/** Runs are spread over this many shards, so that no single slot carries all of them. */
const SHARD_COUNT = 16;

/** @throws TypeError when the prefix has braces: they would choose the slot. */
export function storeKeys(prefix: string): StoreKeys {
  if (prefix.includes('{') || prefix.includes('}')) throw new TypeError('keyPrefix: braces choose the hash slot in a Redis Cluster; leave them out.');
  const shardBase = (index: number): string => `${prefix}{r.${index.toString(16)}}:`;
  return {
    owner: (ownerId) => ownerKeys(`${prefix}{o.${encode(ownerId)}}:`),
    shards: Array.from({ length: SHARD_COUNT }, (_, index) => shardKeys(shardBase(index))),
    shardOf: (runId) => shardKeys(shardBase(shardIndex(runId))),
    threadClaim: (threadId) => `${prefix}{t.${encode(threadId)}}:owner`,
    attachmentClaim: (attachmentId) => `${prefix}{a.${encode(attachmentId)}}:owner`,
    token: (tokenHash) => `${prefix}{s.${encode(tokenHash)}}:session`,
  };
}

type OwnerKeys = ReturnType<typeof ownerKeys>;
export type ShardKeys = ReturnType<typeof shardKeys>;

function ownerKeys(base: string) {
  return {
    /** Sorted set: thread ids by order of creation. */
    threads: `${base}threads`,
    /** Sorted set: deleted threads and their places, so that they still work as cursors. */
    threadsGone: `${base}threads-gone`,
    /** Counter of the owner's threads. */
    threadSequence: `${base}thread-sequence`,
    /** Set: `t:<thread>` and `a:<attachment>` whose claim may exist without a record. */
    claims: `${base}claims`,
    /** Hash: fields of the thread as JSON, its item counter and the highest fence seen. */
    thread: (threadId: string) => `${base}thread:${threadId}`,
    /** Hash: item id to JSON. */
    items: (threadId: string) => `${base}items:${threadId}`,
    /** Sorted set: item ids by sequence. */
    order: (threadId: string) => `${base}order:${threadId}`,
    /** Sorted set: removed items and their places. */
    gone: (threadId: string) => `${base}gone:${threadId}`,
    /** Hash: attachment id to JSON, without the fields that binding changes. */
    attachments: `${base}attachments`,
    /** Hash: attachment id to the JSON of its upload descriptor. */
    uploads: `${base}attachment-uploads`,
    /** Hash: attachment id to the thread it is bound to. */
    bindings: `${base}attachment-threads`,

    /** Hash: run id to the turn's JSON. */
    turns: `${base}turns`,
    /** Hash: run id to what turns are filtered by. */
    turnFacts: `${base}turn-facts`,
    /** Sorted set: run ids by order of arrival. */
    turnOrder: `${base}turn-order`,
    /** Set: run ids whose turn a retry has replaced. */
    turnsReplaced: `${base}turns-replaced`,
    /** Hash: answered user message to the run that answered it last. */
    answers: `${base}answers`,
    turnSequence: `${base}turn-sequence`,
    /** Sorted sets: run ids of one thread, of one session, by order of arrival. */
    turnsOfThread: (threadId: string) => `${base}turns-of-thread:${threadId}`,
    turnsOfSession: (sessionId: string) => `${base}turns-of-session:${sessionId}`,

    /** Sorted set: session ids by expiry. */
    sessions: `${base}sessions`,
    /** Hash: one session; expires with it. */
    session: (sessionId: string) => `${base}session:${sessionId}`,

    /** Sorted set: `[thread, run, idempotency key]` by the time the run ended, infinite while it runs. */
    runs: `${base}runs`,
    /** Hash: thread to its running run. */
    active: `${base}runs-active`,
    /** Hash: idempotency key to run. */
    idempotency: `${base}runs-idempotency`,
    /** The owner's last fence. */
    fence: `${base}runs-fence`,
    /** Hash: one run; expires some time after its end. */
    run: (runId: string) => `${base}run:${runId}`,
    /** Stream: the run's events; entry `<seq>-0`. */
    log: (runId: string) => `${base}log:${runId}`,
    /** Hash: approval to its state, to its thread. */
    approvals: `${base}approvals`,
    approvalThreads: `${base}approval-threads`,
    /** Sorted set: approvals with a lifetime by when it is over. */
    approvalExpiries: `${base}approval-expiries`,
    /** Hash: what was just claimed, so that a claim whose answer was lost on the way can be sent again. */
    approvalClaims: `${base}approval-claims`,
  };
}

function shardKeys(base: string) {
  return {
    /** The owner of a run. */
    ownerOf: (runId: string) => `${base}run:${runId}`,
    /** Sorted set: running runs by when to look whether their node lives. */
    running: `${base}running`,
    /** Sorted set: ended runs by when they ended. */
    ended: `${base}ended`,
  };
}

/** Injective, and free of the braces that would end a hash tag. */
function encode(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}

/** FNV-1a: the same on every node, and even enough for 16 shards. */
function shardIndex(runId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < runId.length; index += 1) hash = Math.imul(hash ^ runId.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % SHARD_COUNT;
}
