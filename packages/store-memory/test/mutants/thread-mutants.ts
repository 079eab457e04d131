import type { OwnerScope, Store, Thread } from '@chatkit-selfhost/core';
import { mutants } from './mutant.js';

/** Remembers who made which thread, so that a fault can act for the true owner. */
function ownersOf(store: Store) {
  const owners = new Map<string, OwnerScope>();
  const write: Store['threads']['write'] = async (scope, change) => {
    const result = await store.threads.write(scope, change);
    if (change.create && result === 'written') owners.set(change.threadId, scope);
    return result;
  };
  return { write, ownerOf: (scope: OwnerScope, threadId: string) => owners.get(threadId) ?? scope };
}

export const threadMutants = mutants({
  'threads: the list is in the wrong order': ({ threads }) => ({
    threads: { list: (scope, query) => threads.list(scope, { ...query, order: query.order === 'asc' ? 'desc' : 'asc' }) },
  }),
  'threads: the list ignores the order': ({ threads }) => ({ threads: { list: (scope, query) => threads.list(scope, { ...query, order: 'desc' }) } }),
  'threads: an unknown cursor of the list gives the first page': ({ threads }) => ({
    threads: { list: async (scope, query) => (await threads.list(scope, query)) ?? threads.list(scope, { ...query, after: undefined }) },
  }),
  'threads: the list is by the last write': ({ threads }) => {
    const writes = new Map<string, number>();
    return {
      threads: {
        write: (scope, change) => (writes.set(change.threadId, writes.size), threads.write(scope, change)),
        list: async (scope, query) => {
          const page = await threads.list(scope, query);
          return page && { ...page, data: page.data.toSorted((a, b) => (writes.get(b.id) ?? 0) - (writes.get(a.id) ?? 0)) };
        },
      },
    };
  },
  'threads: get has no owner check': (store) => {
    const { write, ownerOf } = ownersOf(store);
    return { threads: { write, get: (scope, query) => store.threads.get(ownerOf(scope, query.threadId), query) } };
  },
  'threads: getItem has no owner check': (store) => {
    const { write, ownerOf } = ownersOf(store);
    return { threads: { write, getItem: (scope, query) => store.threads.getItem(ownerOf(scope, query.threadId), query) } };
  },
  'threads: listItems has no owner check': (store) => {
    const { write, ownerOf } = ownersOf(store);
    return { threads: { write, listItems: (scope, query) => store.threads.listItems(ownerOf(scope, query.threadId), query) } };
  },
  'threads: write has no owner check': (store) => {
    const { write, ownerOf } = ownersOf(store);
    return { threads: { write: (scope, change) => write(ownerOf(scope, change.threadId), change) } };
  },
  'threads: delete has no owner check': (store) => {
    const { write, ownerOf } = ownersOf(store);
    return { threads: { write, delete: (scope, query) => store.threads.delete(ownerOf(scope, query.threadId), query) } };
  },
  "threads: another owner's stale write is told as such": (store) => {
    const { write, ownerOf } = ownersOf(store);
    return {
      threads: {
        write: async (scope, change) => {
          const known = await store.threads.get(ownerOf(scope, change.threadId), change);
          return known && change.fence === 0 ? 'stale_run' : write(scope, change);
        },
      },
    };
  },
  'threads: create replaces a thread that exists': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const known = change.create && (await threads.get(scope, change));
        const update = known && change.create ? { title: change.create.title, metadata: change.create.metadata } : {};
        return threads.write(scope, { ...change, update: { ...update, ...change.update } });
      },
    },
  }),
  'threads: a lost write is told as written': ({ threads }) => {
    let count = 0;
    return { threads: { write: async (scope, change) => (++count % 40 === 0 ? 'written' : threads.write(scope, change)) } };
  },
  'threads: null leaves a field as it is': ({ threads }) => ({
    threads: {
      write: (scope, change) => {
        const update = Object.fromEntries(Object.entries(change.update ?? {}).filter(([, value]) => value !== null));
        return threads.write(scope, { ...change, update });
      },
    },
  }),
  'threads: undefined clears a field': ({ threads }) => ({
    threads: {
      write: (scope, change) => {
        const update = change.update && Object.fromEntries(Object.entries(change.update).map(([key, value]) => [key, value ?? null]));
        return threads.write(scope, { ...change, update });
      },
    },
  }),
  'threads: metadata is merged': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        if (!change.update?.metadata) return threads.write(scope, change);
        const metadata = { ...(await threads.get(scope, change))?.metadata, ...change.update.metadata };
        return threads.write(scope, { ...change, update: { ...change.update, metadata } });
      },
    },
  }),
  'threads: concurrent updates overwrite each other': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const before = change.update && (await threads.get(scope, change));
        if (!before) return threads.write(scope, change);
        const whole = { title: before.title ?? null, status: before.status, metadata: before.metadata };
        await Promise.resolve();
        return threads.write(scope, { ...change, update: { ...whole, ...change.update } });
      },
    },
  }),
  'threads: onlyIfActive is ignored': ({ threads }) => ({ threads: { write: (scope, change) => threads.write(scope, { ...change, onlyIfActive: false }) } }),
  'threads: onlyIfActive is asked after the update': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        if (change.onlyIfActive && change.update?.status) return 'not_active';
        return threads.write(scope, change);
      },
    },
  }),
  'threads: a deleted thread keeps its items for the next one': ({ threads }) => {
    const kept = new Map<string, Awaited<ReturnType<typeof threads.listItems>>>();
    return {
      threads: {
        delete: async (scope, query) => {
          kept.set(query.threadId, await threads.listItems(scope, { ...query, order: 'asc' }));
          return threads.delete(scope, query);
        },
        write: async (scope, change) => {
          const old = change.create ? kept.get(change.threadId) : undefined;
          kept.delete(change.threadId);
          return threads.write(scope, old ? { ...change, put: [...old.data, ...(change.put ?? [])] } : change);
        },
      },
    };
  },
  'threads: delete is true for what is not there': ({ threads }) => ({ threads: { delete: async (scope, query) => (await threads.delete(scope, query)) || true } }),
  'threads: a reader shares the value with the next one': ({ threads }) => {
    const shared = new Map<string, Thread>();
    return {
      threads: {
        get: async (scope, query) => {
          const thread = await threads.get(scope, query);
          const known = shared.get(query.threadId);
          if (!thread || known?.title !== thread.title) return (thread && shared.set(query.threadId, thread), thread);
          return known ?? thread;
        },
      },
    };
  },
  'threads: a title that is empty is dropped': ({ threads }) => ({
    threads: {
      get: async (scope, query) => {
        const thread = await threads.get(scope, query);
        if (thread?.title === '') delete thread.title;
        return thread;
      },
    },
  }),
  'threads: titles are trimmed': ({ threads }) => ({
    threads: {
      write: (scope, change) => threads.write(scope, { ...change, create: change.create && { ...change.create, title: change.create.title?.trim() } }),
    },
  }),
  'threads: the stale write of a fence is applied': ({ threads }) => ({ threads: { write: (scope, change) => threads.write(scope, { ...change, fence: undefined }) } }),
  'threads: an equal fence is refused': ({ threads }) => {
    const seen = new Map<string, number>();
    return {
      threads: {
        write: async (scope, change) => {
          if (change.fence !== undefined && seen.get(change.threadId) === change.fence) return 'stale_run';
          if (change.fence !== undefined) seen.set(change.threadId, change.fence);
          return threads.write(scope, change);
        },
      },
    };
  },
  'threads: a stale write is told but its title is kept': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const result = await threads.write(scope, change);
        if (result === 'stale_run' && change.update) await threads.write(scope, { threadId: change.threadId, update: change.update });
        return result;
      },
    },
  }),
  'threads: a refused write raises the fence': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        if (change.fence !== undefined) await threads.write(scope, { threadId: change.threadId, fence: change.fence });
        return threads.write(scope, change);
      },
    },
  }),
  'threads: deleteOwner keeps attachments': ({ threads }) => ({
    threads: {
      deleteOwner: async (scope) => {
        for (let page = await threads.list(scope, { limit: 100 }); page?.data.length; page = await threads.list(scope, { limit: 100 })) {
          for (const thread of page.data) await threads.delete(scope, { threadId: thread.id });
        }
      },
    },
  }),
  'threads: deleteOwner keeps everything': () => ({ threads: { deleteOwner: async () => undefined } }),
});
