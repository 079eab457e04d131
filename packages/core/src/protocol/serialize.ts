import type { Attachment } from './attachment.js';
import type { ThreadItem } from './item.js';
import type { Page } from './page.js';
import type { ThreadStreamEvent } from './stream-event.js';
import type { Thread } from './thread.js';
import { attachmentToWire } from './wire/attachment.js';
import { itemToWire } from './wire/item.js';
import { pageToWire } from './wire/page.js';
import { eventToWire } from './wire/stream-event.js';
import { threadToWire } from './wire/thread.js';

/** One event as the minified JSON of an SSE `data:` line. */
export function serializeEvent(event: ThreadStreamEvent): string {
  return JSON.stringify(eventToWire(event));
}

/** One item as JSON. */
export function serializeItem(item: ThreadItem): string {
  return JSON.stringify(itemToWire(item));
}

/** One thread as JSON, with a page of its items or an empty one. */
export function serializeThread(thread: Thread, items?: Page<ThreadItem>): string {
  return JSON.stringify(threadToWire(thread, items));
}

/** One attachment as JSON, without its `metadata`: also for your own direct-upload endpoint. */
export function serializeAttachment(attachment: Attachment): string {
  return JSON.stringify(attachmentToWire(attachment));
}

/** A page as JSON, its elements made ready by `itemToWire`, `threadToWire` or `attachmentToWire`. */
export function serializePage<T>(page: Page<T>, elementToWire: (element: T) => object): string {
  return JSON.stringify(pageToWire(page, elementToWire));
}
