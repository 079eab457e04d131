import type { Caller } from '../engine/caller.js';
import type { Engine } from '../engine/engine.js';
import type { TurnInfo } from '../engine/turn.js';
import type { Page, ThreadItem } from '../protocol/index.js';
import { MAX_PAGE_LIMIT } from '../store/index.js';
import { convertItems, type ConversionContext } from './convert-items.js';
import { HistoryPages } from './history-pages.js';
import { MediaAllowance } from './media-allowance.js';
import type { ModelInputItem } from './model-input-item.js';
import { repairToolCalls } from './repair-tool-calls.js';

export interface BuildModelInputOptions {
  info: TurnInfo;
  threadId: string;
  /** A retry: the newest item the model may see. */
  upTo?: string | undefined;
  /** The newest items, newest first, as read when the turn began; null when that is no longer how the store has them. Older ones are read when asked for. */
  recent: Page<ThreadItem> | null;
}

/** History as model input, by the app's strategies; tool calls never dangle. */
export async function buildModelInput(engine: Engine, caller: Caller, options: BuildModelInputOptions): Promise<ModelInputItem[]> {
  const { info } = options;
  const items = new HistoryPages(newestFirst(engine, caller, options));
  const context: ConversionContext = { converters: engine.itemConverters, info, uploads: engine.uploads, scope: caller.scope, allowance: new MediaAllowance(engine.limits) };
  const known = new WeakMap<ThreadItem, Promise<ModelInputItem[]>>();
  const convert = async (chosen: ThreadItem[]): Promise<ModelInputItem[]> => convertItems(chosen, context, { known, currentMessageId: await items.currentMessageId() });
  let input: ModelInputItem[] = [];
  for (const strategy of engine.modelInput) input = await strategy({ items, input, convert }, info);
  return repairToolCalls(input);
}

/** All items from the newest on: as the store has them now, since the responder may have added some. */
async function* newestFirst(engine: Engine, caller: Caller, { threadId, upTo, recent }: BuildModelInputOptions): AsyncGenerator<ThreadItem[], void, undefined> {
  let after: string | undefined;
  let page = recent && upTo !== undefined ? startingAt(recent, upTo) : recent;
  if (!page && upTo !== undefined) {
    const item = await engine.store.threads.getItem(caller.scope, { threadId, itemId: upTo });
    if (item) yield [item];
    after = upTo;
  }
  for (;;) {
    page ??= await engine.store.threads.listItems(caller.scope, { threadId, limit: MAX_PAGE_LIMIT, order: 'desc', after });
    if (!page) return;
    if (page.data.length > 0) yield page.data;
    if (!page.has_more || page.after === undefined || page.after === after) return;
    after = page.after;
    page = null;
  }
}

/** The page without what is newer than this item; null when it is not on it. */
function startingAt(page: Page<ThreadItem>, itemId: string): Page<ThreadItem> | null {
  const start = page.data.findIndex((item) => item.id === itemId);
  return start === -1 ? null : { ...page, data: page.data.slice(start) };
}
