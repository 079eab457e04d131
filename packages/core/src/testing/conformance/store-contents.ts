import { readThreadItem, stripNulls, type Page, type ThreadItem } from '../../protocol/index.js';
import type { OwnerScope, Store } from '../../store/index.js';
import { isJson, type Json } from './vector.js';
import type { CompleteSeed } from './seed.js';

export interface StoreContents {
  threads: Json[];
  items: Record<string, Json[]>;
  attachments: Json[];
}

/** All that an owner has, oldest first, as plain JSON. Attachments can only be asked for by id. */
export async function storeContents(store: Store, scope: OwnerScope, attachmentIds: readonly string[]): Promise<StoreContents> {
  const threads = await allOf((after) => store.threads.list(scope, { limit: 100, order: 'asc', after }));
  const items: Record<string, Json[]> = {};
  for (const { id } of threads) {
    items[id] = (await allOf((after) => store.threads.listItems(scope, { threadId: id, limit: 100, order: 'asc', after }))).map(plainItem);
  }
  const attachments = await store.threads.getAttachments(scope, [...new Set(attachmentIds)]);
  return { threads: threads.map(plain), items, attachments: attachments.map(plain) };
}

async function allOf<T>(read: (after: string | undefined) => Promise<Page<T> | null>): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    if (!page) throw new Error('a page of the store is missing');
    all.push(...page.data);
    if (!page.has_more || page.after === undefined) return all;
    after = page.after;
  }
}

/** As JSON, without the record's own nulls: they mean the same as absence. */
function plain(record: object): Json {
  const json: unknown = JSON.parse(JSON.stringify(record));
  return isJson(json) ? Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null)) : {};
}

/** An item as whoever reads it from the store sees it: with its defaults, and widgets without nulls. */
function plainItem(item: ThreadItem): Json {
  const json = plain(readThreadItem(item));
  return 'widget' in json ? { ...json, widget: stripNulls(json['widget']) } : json;
}

/** What a store holds that nothing has touched since it was seeded. */
export function seededContents(seed: CompleteSeed): StoreContents {
  const items = Object.fromEntries(seed.threads.map(({ id }) => [id, (seed.items[id] ?? []).map(plainItem)]));
  return { threads: seed.threads.map(plain), items, attachments: seed.attachments.map(plain) };
}
