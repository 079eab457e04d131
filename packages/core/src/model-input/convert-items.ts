import type { MaybePromise } from '../app-types.js';
import type { TurnInfo } from '../engine/turn.js';
import type { Uploads } from '../engine/uploads.js';
import type { Attachment, Item, ItemType, ThreadItem, UserMessageContent } from '../protocol/index.js';
import type { OwnerScope } from '../store/index.js';
import { defaultConverters } from './default-converters.js';
import type { InputPart, ModelInputItem } from './model-input-item.js';

export type Tag = Extract<UserMessageContent, { type: 'input_tag' }>;

/** How one item becomes model input; null leaves it out. Replaces the default of its kind. */
export type ItemConverters = { [K in ItemType]?: ((item: Item<K>, info: TurnInfo) => MaybePromise<ModelInputItem[] | null>) | undefined } & {
  /** Default: the bytes, by `uploads.read`. */
  attachment?: ((attachment: Attachment, info: TurnInfo) => MaybePromise<InputPart>) | undefined;
  /** What the model is told about a mentioned entity. Needed as soon as messages have tags. */
  tag?: ((tag: Tag, info: TurnInfo) => MaybePromise<InputPart | null>) | undefined;
};

export interface ConversionContext {
  converters: ItemConverters;
  info: TurnInfo;
  uploads: Uploads | null;
  scope: OwnerScope;
}

/** Thread items, oldest first, as model input. */
export async function convertItems(items: ThreadItem[], context: ConversionContext): Promise<ModelInputItem[]> {
  const lastUserMessage = items.findLast((item) => item.type === 'user_message');
  const converted = await Promise.all(items.map((item) => convertItem(item, context, item === lastUserMessage)));
  return converted.flat();
}

async function convertItem(item: ThreadItem, context: ConversionContext, isLastUserMessage: boolean): Promise<ModelInputItem[]> {
  // The table is keyed by the item's own type, which TypeScript can't follow through a union.
  const own = context.converters[item.type] as ((item: ThreadItem, info: TurnInfo) => MaybePromise<ModelInputItem[] | null>) | undefined;
  if (own) return (await own(item, context.info)) ?? [];
  const standard = defaultConverters[item.type] as ((item: ThreadItem, context: ConversionContext, isLast: boolean) => MaybePromise<ModelInputItem[]>) | undefined;
  // A type from a newer version says nothing to the model.
  return (await standard?.(item, context, isLastUserMessage)) ?? [];
}
