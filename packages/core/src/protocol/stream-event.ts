import * as z from 'zod';
import { iconNameSchema } from './icon-name.js';
import { threadItemUpdateSchema } from './item-update.js';
import { threadItemSchema } from './item.js';
import { defaulted, freeFormObjectSchema, optional, wireObject } from './lenient.js';
import { threadSchema } from './thread.js';

const progressFields = { text: z.string(), icon: optional(iconNameSchema) };
const noticeFields = {
  level: z.enum(['info', 'warning', 'danger']),
  /** Markdown. */
  message: z.string(),
  title: optional(z.string()),
};
const clientEffectFields = { name: z.string(), data: defaulted(freeFormObjectSchema, () => ({})) };

/** `stream.error` is translated by the client; `custom` shows `message`. The set is open. */
export type StreamErrorCode = 'custom' | 'stream.error' | (string & {});
const streamErrorFields = {
  code: defaulted(z.string() as unknown as z.ZodType<StreamErrorCode, string>, () => 'custom'),
  message: optional(z.string()),
  allow_retry: defaulted(z.boolean(), () => false),
};

export const progressSchema = wireObject(progressFields);
export const noticeSchema = wireObject(noticeFields);
export const clientEffectSchema = wireObject(clientEffectFields);
export const streamErrorSchema = wireObject(streamErrorFields);
export const streamOptionsSchema = wireObject({ allow_cancel: z.boolean() });

/** What the assistant is doing right now; replaced by the next one. */
export type Progress = z.output<typeof progressSchema>;
export type Notice = z.output<typeof noticeSchema>;
/** Something for the page to do, without an answer. */
export type ClientEffect = z.output<typeof clientEffectSchema>;
export type StreamError = z.output<typeof streamErrorSchema>;
export type StreamOptions = z.output<typeof streamOptionsSchema>;

/** All that is sent on a stream. */
export const threadStreamEventSchema = z.discriminatedUnion('type', [
  wireObject({ type: z.literal('thread.created'), thread: threadSchema }),
  wireObject({ type: z.literal('thread.updated'), thread: threadSchema }),
  wireObject({ type: z.literal('thread.item.added'), item: threadItemSchema }),
  wireObject({ type: z.literal('thread.item.done'), item: threadItemSchema }),
  wireObject({ type: z.literal('thread.item.replaced'), item: threadItemSchema }),
  wireObject({ type: z.literal('thread.item.updated'), item_id: z.string(), update: threadItemUpdateSchema }),
  wireObject({ type: z.literal('thread.item.removed'), item_id: z.string() }),
  wireObject({ type: z.literal('stream_options'), stream_options: streamOptionsSchema }),
  wireObject({ type: z.literal('progress_update'), ...progressFields }),
  wireObject({ type: z.literal('client_effect'), ...clientEffectFields }),
  wireObject({ type: z.literal('notice'), ...noticeFields }),
  wireObject({ type: z.literal('error'), ...streamErrorFields }),
]);
export type ThreadStreamEvent = z.output<typeof threadStreamEventSchema>;
