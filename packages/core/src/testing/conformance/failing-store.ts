import type { OwnerScope, Store, ThreadStore, ThreadWrite } from '../../store/index.js';

type CountedCall = 'addItem' | 'saveItem' | 'saveThread' | 'deleteItem';

/**
 * The store, with the nth call of one kind failing as a broken database would. A write counts as the calls that a store with one method
 * a record would have seen: one for every item that it adds, saves or removes.
 */
export function failingStore(store: Store, plan: { call: string; nth: number }): Store {
  const { threads } = store;
  let seen = 0;

  const count = async (scope: OwnerScope, write: ThreadWrite): Promise<void> => {
    const calls = await callsOf(threads, scope, write);
    for (const call of calls) {
      if (call === plan.call && ++seen === plan.nth) throw new Error(`the store failed in ${call}`);
    }
  };
  const { beginTurn, endTurn } = threads;
  const counted: ThreadStore = {
    ...threads,
    write: async (scope, write) => {
      await count(scope, write);
      return threads.write(scope, write);
    },
    beginTurn: beginTurn && (async (scope, turn) => {
      await count(scope, turn.write);
      return beginTurn(scope, turn);
    }),
    endTurn: endTurn && (async (scope, turn) => {
      await count(scope, turn.write);
      return endTurn(scope, turn);
    }),
  };
  return { ...store, threads: counted };
}

async function callsOf(threads: ThreadStore, scope: OwnerScope, write: ThreadWrite): Promise<CountedCall[]> {
  const calls: CountedCall[] = [];
  if (write.create ?? write.update) calls.push('saveThread');
  for (const _removed of write.remove ?? []) calls.push('deleteItem');
  for (const { id } of write.put ?? []) {
    const known = await threads.getItem(scope, { threadId: write.threadId, itemId: id });
    calls.push(known ? 'saveItem' : 'addItem');
  }
  return calls;
}
