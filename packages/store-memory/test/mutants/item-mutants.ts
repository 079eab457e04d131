import { ChatKitError, type ThreadItem } from '@chatkit-selfhost/core';
import { mutants, tick } from './mutant.js';

export const itemMutants = mutants({
  'items: the wrong order': ({ threads }) => ({
    threads: { listItems: (scope, query) => threads.listItems(scope, { ...query, order: query.order === 'asc' ? 'desc' : 'asc' }) },
  }),
  'items: the order is by created_at': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        const sign = query.order === 'asc' ? 1 : -1;
        return page && { ...page, data: page.data.toSorted((a, b) => sign * a.created_at.localeCompare(b.created_at)) };
      },
    },
  }),
  'items: the cursor is inclusive': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        const item = query.after === undefined ? null : await threads.getItem(scope, { threadId: query.threadId, itemId: query.after });
        return page && { ...page, data: item ? [item, ...page.data] : page.data };
      },
    },
  }),
  'items: a page is one too long': ({ threads }) => ({
    threads: { listItems: (scope, query) => threads.listItems(scope, { ...query, limit: (query.limit ?? 20) + 1 }) },
  }),
  'items: a page skips one': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        return page && query.after !== undefined ? { ...page, data: page.data.slice(1) } : page;
      },
    },
  }),
  'items: has_more is never true': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        return page && { data: page.data, has_more: false };
      },
    },
  }),
  'items: a full page says that there is more': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        return page && page.data.length === query.limit ? { ...page, has_more: true, after: page.data.at(-1)?.id } : page;
      },
    },
  }),
  'items: the last page has a cursor': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        return page && { ...page, after: page.data.at(-1)?.id };
      },
    },
  }),
  'items: an unknown cursor gives an empty page': ({ threads }) => ({
    threads: {
      listItems: async (scope, query) =>
        (await threads.listItems(scope, query)) ?? ((await threads.get(scope, query)) ? { data: [], has_more: false } : null),
    },
  }),
  'items: a removed cursor is unknown': ({ threads }) => {
    const removed = new Set<string>();
    return {
      threads: {
        write: (scope, change) => {
          for (const id of change.remove ?? []) removed.add(id);
          return threads.write(scope, change);
        },
        listItems: async (scope, query) => (removed.has(query.after ?? '') ? null : threads.listItems(scope, query)),
      },
    };
  },
  'items: a page holds 10 by default': ({ threads }) => ({ threads: { listItems: (scope, query) => threads.listItems(scope, { limit: 10, ...query }) } }),
  'items: pages are offsets': ({ threads }) => {
    const offsets = new Map<string, number>();
    return {
      threads: {
        listItems: async (scope, query) => {
          const offset = offsets.get(query.after ?? '');
          if (query.after === undefined || offset === undefined) {
            const page = await threads.listItems(scope, query);
            if (page?.after !== undefined) offsets.set(page.after, page.data.length);
            return page;
          }
          let rest = await threads.listItems(scope, { ...query, after: undefined, limit: 100 });
          for (let skipped = 0; rest && skipped < offset; skipped += 1) {
            const first = rest.data[0];
            rest = first ? await threads.listItems(scope, { ...query, after: first.id }) : rest;
          }
          if (rest?.after !== undefined) offsets.set(rest.after, offset + rest.data.length);
          return rest;
        },
      },
    };
  },
  'items: put loses the place': ({ threads }) => ({
    threads: { write: (scope, change) => threads.write(scope, { ...change, remove: [...(change.remove ?? []), ...(change.put ?? []).map((item) => item.id)] }) },
  }),
  'items: put does not replace': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const put: ThreadItem[] = [];
        for (const item of change.put ?? []) {
          const known = await threads.getItem(scope, { threadId: change.threadId, itemId: item.id });
          if (!known || change.remove?.includes(item.id)) put.push(item);
        }
        return threads.write(scope, { ...change, put });
      },
    },
  }),
  'items: put goes backwards': ({ threads }) => ({ threads: { write: (scope, change) => threads.write(scope, { ...change, put: change.put?.toReversed() }) } }),
  'items: removeAfter removes the item too': ({ threads }) => ({
    threads: {
      write: (scope, change) =>
        threads.write(scope, change.removeAfter === undefined ? change : { ...change, remove: [...(change.remove ?? []), change.removeAfter] }),
    },
  }),
  'items: removeAfter passes over an unknown item': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const known = change.removeAfter === undefined || (await threads.getItem(scope, { threadId: change.threadId, itemId: change.removeAfter }));
        return threads.write(scope, known ? change : { ...change, removeAfter: undefined });
      },
    },
  }),
  'items: put comes before remove': ({ threads }) => ({
    threads: {
      write: (scope, change) => threads.write(scope, { ...change, put: change.put?.filter((item) => !change.remove?.includes(item.id)) }),
    },
  }),
  'items: a write is two': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        if (!change.put || change.put.length < 2) return threads.write(scope, change);
        const result = await threads.write(scope, { ...change, put: change.put.slice(0, 1) });
        await tick();
        return result === 'written' ? threads.write(scope, { threadId: change.threadId, put: change.put.slice(1) }) : result;
      },
    },
  }),
  'items: a refused write keeps its items': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const result = await threads.write(scope, change);
        if (result === 'not_found' && change.attach) await threads.write(scope, { threadId: change.threadId, put: change.put });
        return result;
      },
    },
  }),
  'items: unknown fields are dropped': ({ threads }) => ({
    threads: {
      getItem: async (scope, query) => withoutUnknown(await threads.getItem(scope, query)),
      listItems: async (scope, query) => {
        const page = await threads.listItems(scope, query);
        return page && { ...page, data: page.data.map(withoutUnknown) };
      },
    },
  }),
  'items: NUL is dropped': ({ threads }) => ({
    threads: { write: (scope, change) => threads.write(scope, JSON.parse(JSON.stringify(change).replaceAll('\\u0000', '')) as typeof change) },
  }),
  'items: one id is one item in all threads': ({ threads }) => {
    const places = new Map<string, string>();
    return {
      threads: {
        write: async (scope, change) => {
          const put = change.put?.filter((item) => (places.get(item.id) ?? change.threadId) === change.threadId);
          for (const item of put ?? []) places.set(item.id, change.threadId);
          return threads.write(scope, { ...change, put });
        },
      },
    };
  },
  'attachments: one is bound again to another thread': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        for (const { thread_id: _bound, ...attachment } of await threads.getAttachments(scope, change.attach ?? [])) {
          await threads.deleteAttachment(scope, { attachmentId: attachment.id });
          await threads.putAttachment(scope, attachment);
        }
        return threads.write(scope, change);
      },
    },
  }),
  'attachments: the upload address stays': ({ threads }) => ({
    threads: {
      write: async (scope, change) => {
        const before = await threads.getAttachments(scope, change.attach ?? []);
        const result = await threads.write(scope, change);
        if (result === 'written') for (const attachment of before) await threads.putAttachment(scope, attachment);
        return result;
      },
    },
  }),
  "attachments: another owner's id is passed over in silence": ({ threads }) => ({
    threads: {
      putAttachment: async (scope, attachment) => {
        await threads.putAttachment(scope, attachment).catch((error: unknown) => {
          if (!ChatKitError.isInstance(error)) throw error;
        });
      },
    },
  }),
  'attachments: put moves a record to another thread': ({ threads }) => ({
    threads: {
      putAttachment: async (scope, attachment) => {
        await threads.deleteAttachment(scope, { attachmentId: attachment.id });
        await threads.putAttachment(scope, attachment);
      },
    },
  }),
  'attachments: the order asked is ignored': ({ threads }) => ({
    threads: { getAttachments: async (scope, ids) => (await threads.getAttachments(scope, ids)).toSorted((a, b) => a.id.localeCompare(b.id)) },
  }),
  'attachments: they go with their thread': ({ threads }) => {
    const bound = new Map<string, string[]>();
    return {
      threads: {
        write: (scope, change) => {
          if (change.attach) bound.set(change.threadId, change.attach);
          return threads.write(scope, change);
        },
        delete: async (scope, query) => {
          for (const attachmentId of bound.get(query.threadId) ?? []) await threads.deleteAttachment(scope, { attachmentId });
          return threads.delete(scope, query);
        },
      },
    };
  },
});

function withoutUnknown<T extends ThreadItem | null>(item: T): T {
  if (item && 'x_field' in item) delete item.x_field;
  return item;
}
