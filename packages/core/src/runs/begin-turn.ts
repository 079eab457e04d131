import type { Page, ThreadItem } from '../protocol/index.js';
import { pageLimit, type OwnerScope, type Store, type ThreadWrite, type TurnBegin, type TurnBegun } from '../store/index.js';

/** A turn's first write: a thread that may be new, and items that are. */
export type FirstWrite = Pick<ThreadWrite, 'threadId' | 'onlyIfActive' | 'create' | 'put' | 'attach'>;

/** A turn to begin; what is read are the newest items, newest first. */
export interface FirstStep extends TurnBegin {
  write: FirstWrite;
  read: { limit: number; order: 'desc' };
}

/** Starts the run, writes and reads: in one round trip where the parts share a backend, else step by step with the same outcome. */
export async function beginTurn(store: Store, scope: OwnerScope, turn: FirstStep): Promise<TurnBegun> {
  if (store.threads.beginTurn && store.threads.backend === store.runs.backend) return store.threads.beginTurn(scope, turn);
  const started = await store.runs.start(scope, turn.run);
  if (started.outcome !== 'started') return started;
  const { run } = started;
  try {
    const { threadId } = run;
    // All is read before anything is written: who is told that it failed sends the same again, and must not find it there.
    const [known, page] = await Promise.all([store.threads.get(scope, { threadId }), store.threads.listItems(scope, { ...turn.read, threadId })]);
    const thread = known ?? turn.write.create;
    const written = thread ? await writeOnce(store, scope, { ...turn.write, fence: run.fence }) : 'not_found';
    if (thread && written === 'written') return { outcome: 'started', run, thread, items: withNewItems(page, turn) };
    await store.runs.discard(run);
    return { outcome: written === 'not_active' ? 'not_active' : 'not_found' };
  } catch (error) {
    // Refused or failed: the thread must not stay taken until the lease runs out.
    await store.runs.discard(run).catch(() => undefined);
    throw error;
  }
}

/** A write whose answer was lost may have been done all the same: then the turn goes on. */
async function writeOnce(store: Store, scope: OwnerScope, write: ThreadWrite): ReturnType<Store['threads']['write']> {
  try {
    return await store.threads.write(scope, write);
  } catch (error) {
    const first = write.put?.[0];
    const stored = first && (await store.threads.getItem(scope, { threadId: write.threadId, itemId: first.id }).catch(() => null));
    if (!stored) throw error;
    return 'written';
  }
}

/** The page as it is once the new items are in the thread. */
function withNewItems(page: Page<ThreadItem> | null, { write, read }: FirstStep): Page<ThreadItem> {
  const all = [...(write.put ?? []).toReversed(), ...(page?.data ?? [])];
  const data = all.slice(0, pageLimit(read));
  const last = data.at(-1);
  const hasMore = page?.has_more === true || all.length > data.length;
  return hasMore && last ? { data, has_more: true, after: last.id } : { data, has_more: false };
}
