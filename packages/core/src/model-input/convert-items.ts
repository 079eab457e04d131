import type { MaybePromise } from '../app-types.js';
import type { TurnInfo } from '../engine/turn.js';
import type { Uploads } from '../engine/uploads.js';
import type { Attachment, Item, ItemType, ThreadItem, UserMessageContent } from '../protocol/index.js';
import type { OwnerScope } from '../store/index.js';
import { defaultConverters } from './default-converters.js';
import { withSource } from './entry-source.js';
import { isEngineRecord } from './engine-record.js';
import type { MediaAllowance } from './media-allowance.js';
import type { InputPart, ModelInputItem } from './model-input-item.js';

export type Tag = Extract<UserMessageContent, { type: 'input_tag' }>;

/** How one item becomes model input; null leaves it out. Replaces the default of its kind. */
export type ItemConverters = { [K in ItemType]?: ((item: Item<K>, info: TurnInfo) => MaybePromise<ModelInputItem[] | null>) | undefined } & {
  /** Default: the bytes, by `uploads.read`; of earlier messages as far as `limits.maxHistoryFiles` and `limits.maxHistoryFileBytes` allow. */
  attachment?: ((attachment: Attachment, info: TurnInfo) => MaybePromise<InputPart>) | undefined;
  /** What the model is told about a mentioned entity. Needed as soon as messages have tags. */
  tag?: ((tag: Tag, info: TurnInfo) => MaybePromise<InputPart | null>) | undefined;
};

export interface ConversionContext {
  converters: ItemConverters;
  info: TurnInfo;
  uploads: Uploads | null;
  scope: OwnerScope;
  /** Of one model input, however many calls it takes. */
  allowance: MediaAllowance;
}

export interface ConvertItemsOptions {
  /** The thread's newest user message, when it need not be among the items. Default: the last one of them. */
  currentMessageId?: string | undefined;
  /** What was converted before, so that nothing is twice. */
  known?: WeakMap<ThreadItem, Promise<ModelInputItem[]>> | undefined;
}

/** Thread items, oldest first, as model input. */
export async function convertItems(items: ThreadItem[], context: ConversionContext, options: ConvertItemsOptions = {}): Promise<ModelInputItem[]> {
  const currentMessageId = options.currentMessageId ?? items.findLast((item) => item.type === 'user_message')?.id;
  const known = options.known ?? new WeakMap<ThreadItem, Promise<ModelInputItem[]>>();
  const converted: Promise<ModelInputItem[]>[] = [];
  // From the newest on: it is the first to have files.
  for (const item of items.toReversed()) {
    const isCurrentMessage = item.type === 'user_message' && item.id === currentMessageId;
    const entries = known.get(item) ?? convertItem(item, context, isCurrentMessage);
    known.set(item, entries);
    converted.push(entries);
  }
  return (await Promise.all(converted)).reverse().flat();
}

async function convertItem(item: ThreadItem, context: ConversionContext, isCurrentMessage: boolean): Promise<ModelInputItem[]> {
  // What the engine keeps for itself in a thread is no business of the app's converters.
  if (isEngineRecord(item)) return [];
  const entries = await entriesOf(item, context, isCurrentMessage);
  return entries.map((entry) => withSource(entry, { item, isCurrentMessage }));
}

async function entriesOf(item: ThreadItem, context: ConversionContext, isCurrentMessage: boolean): Promise<ModelInputItem[]> {
  // The table is keyed by the item's own type, which TypeScript can't follow through a union.
  const own = context.converters[item.type] as ((item: ThreadItem, info: TurnInfo) => MaybePromise<ModelInputItem[] | null>) | undefined;
  if (own) return (await own(item, context.info)) ?? [];
  const standard = defaultConverters[item.type] as ((item: ThreadItem, context: ConversionContext, isCurrentMessage: boolean) => MaybePromise<ModelInputItem[]>) | undefined;
  // A type from a newer version says nothing to the model.
  return (await standard?.(item, context, isCurrentMessage)) ?? [];
}
