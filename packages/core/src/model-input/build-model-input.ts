import type { Caller } from '../engine/caller.js';
import type { Engine } from '../engine/engine.js';
import type { TurnInfo } from '../engine/turn.js';
import type { ThreadItem } from '../protocol/index.js';
import { convertItems } from './convert-items.js';
import type { ModelInputItem } from './model-input-item.js';
import { repairToolCalls } from './repair-tool-calls.js';

export interface BuildModelInputOptions {
  info: TurnInfo;
  threadId: string;
  /** A retry: the newest item the model may see. */
  upTo?: string | undefined;
  /** The newest items as read when the turn began; older ones are read when asked for. */
  recent: ThreadItem[];
}

/** History as model input, by the app's strategies; tool calls never dangle. */
export async function buildModelInput(engine: Engine, caller: Caller, options: BuildModelInputOptions): Promise<ModelInputItem[]> {
  const convert = (items: ThreadItem[]): Promise<ModelInputItem[]> =>
    convertItems(items, { converters: engine.itemConverters, info: options.info, uploads: engine.uploads, scope: caller.scope });
  let input: ModelInputItem[] = [];
  for (const strategy of engine.modelInput) input = await strategy({ items: newestFirst(engine, caller, options), input, convert }, options.info);
  return repairToolCalls(input);
}

const PAGE = 50;

/** All items from the newest on: as the store has them now, since the responder may have added some. */
async function* newestFirst(engine: Engine, caller: Caller, { threadId, upTo }: BuildModelInputOptions): AsyncGenerator<ThreadItem[], void, undefined> {
  let after: string | undefined;
  if (upTo !== undefined) {
    const item = await engine.store.threads.getItem(caller.scope, { threadId, itemId: upTo });
    if (item) yield [item];
    after = upTo;
  }
  for (;;) {
    const page = await engine.store.threads.listItems(caller.scope, { threadId, limit: PAGE, order: 'desc', after });
    if (!page) return;
    if (page.data.length > 0) yield page.data;
    if (!page.has_more || page.after === undefined || page.after === after) return;
    after = page.after;
  }
}
