import type { TurnInfo } from '../../src/engine/turn.js';
import { convertItems, type ConversionContext, type ItemConverters } from '../../src/model-input/convert-items.js';
import { HistoryPages } from '../../src/model-input/history-pages.js';
import { MediaAllowance, type MediaLimits } from '../../src/model-input/media-allowance.js';
import type { ModelInputItem } from '../../src/model-input/model-input-item.js';
import type { ModelInputHistory, ModelInputStrategy } from '../../src/model-input/strategy.js';
import type { Uploads } from '../../src/engine/uploads.js';
import type { Attachment, Item, ThreadItem } from '../../src/protocol/index.js';

const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };

/** Facts of a turn that no strategy here looks at. */
export const info = { context: { ownerId: 'ada' }, locale: 'en' } as unknown as TurnInfo;

export function userItem(text: string, fields: Partial<Item<'user_message'>> = {}): Item<'user_message'> {
  return { type: 'user_message', id: `msg_${text}`, ...base, content: [{ type: 'input_text', text }], attachments: [], inference_options: {}, ...fields };
}

export function assistantItem(...texts: string[]): Item<'assistant_message'> {
  return { type: 'assistant_message', id: `msg_${texts.join()}`, ...base, content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })) };
}

export function toolItem(status: 'pending' | 'completed', output?: unknown): Item<'client_tool_call'> {
  return { type: 'client_tool_call', id: 'tc_1', ...base, status, call_id: 'call_1', name: 'get_selection', arguments: { deep: true }, output };
}

/** An item of any other type. */
export function item<T extends ThreadItem>(fields: Omit<T, 'id' | 'thread_id' | 'created_at'>): T {
  return { id: 'itm_1', ...base, ...fields } as unknown as T;
}

export function image(fields: Partial<Attachment> = {}): Attachment {
  return { type: 'image', id: 'atc_1', name: 'photo.png', mime_type: 'image/png', preview_url: 'https://x.example/p', ...fields };
}

export interface Given { converters?: ItemConverters; uploads?: Partial<Uploads>; limits?: Partial<MediaLimits> }

function contextOf({ converters = {}, uploads, limits }: Given): ConversionContext {
  const allowance = new MediaAllowance({ maxHistoryFiles: 10, maxHistoryFileBytes: 10 * 1024 * 1024, ...limits });
  return { converters, info, uploads: (uploads ?? null) as Uploads | null, scope: { ownerId: 'ada' }, allowance };
}

export function convert(items: ThreadItem[], given: Given = {}): Promise<ModelInputItem[]> {
  return convertItems(items, contextOf(given));
}

/** Runs strategies over a thread (oldest first) as the engine does. */
export async function runStrategies(strategies: ModelInputStrategy[], thread: ThreadItem[], { pageSize = 50, onPage = () => undefined, ...given }: Given & { pageSize?: number; onPage?: () => void } = {}): Promise<ModelInputItem[]> {
  async function* pages(): AsyncGenerator<ThreadItem[], void, undefined> {
    const newest = thread.toReversed();
    for (let start = 0; start < newest.length; start += pageSize) {
      onPage();
      yield newest.slice(start, start + pageSize);
    }
  }
  const items = new HistoryPages(pages());
  const context = contextOf(given);
  const known = new WeakMap<ThreadItem, Promise<ModelInputItem[]>>();
  let input: ModelInputItem[] = [];
  for (const strategy of strategies) {
    const history: ModelInputHistory = {
      items, input, convert: async (chosen) => convertItems(chosen, context, { known, currentMessageId: await items.currentMessageId() }),
    };
    input = await strategy(history, info);
  }
  return input;
}

export function user(text: string): ModelInputItem {
  return { role: 'user', content: [{ type: 'input_text', text }] };
}

export function assistant(...texts: string[]): ModelInputItem {
  return { role: 'assistant', status: 'completed', content: texts.map((text) => ({ type: 'output_text', text })) };
}
