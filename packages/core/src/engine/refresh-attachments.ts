import type { Attachment, ThreadItem } from '../protocol/index.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';

/** Items as they are sent: addresses of previews expire, so messages get new ones on their way out. */
export async function refreshAttachments(engine: Engine, caller: Caller, items: ThreadItem[]): Promise<ThreadItem[]> {
  if (!engine.uploads?.refresh) return items;
  return Promise.all(items.map(async (item) => {
    if (item.type !== 'user_message' || item.attachments.length === 0) return item;
    return { ...item, attachments: await Promise.all(item.attachments.map((attachment) => refreshAttachment(engine, caller, attachment))) };
  }));
}

/** A preview that can't be refreshed must not cost the reader the conversation: it is sent as it was. */
export async function refreshAttachment({ uploads, report }: Engine, caller: Caller, attachment: Attachment): Promise<Attachment> {
  try {
    return (await uploads?.refresh?.(attachment, caller.scope)) ?? attachment;
  } catch (error) {
    report(error, { requestId: caller.requestId });
    return attachment;
  }
}
