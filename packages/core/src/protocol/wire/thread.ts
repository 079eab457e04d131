import { toUtcDateTime } from '../date-time.js';
import type { ThreadItem } from '../item.js';
import type { Page } from '../page.js';
import type { Thread, ThreadStatus } from '../thread.js';
import { itemToWire } from './item.js';
import { pageToWire } from './page.js';

function statusToWire(status: ThreadStatus): object {
  return status.type === 'active' ? { type: status.type } : { type: status.type, reason: status.reason ?? undefined };
}

const noItems: Page<ThreadItem> = { data: [], has_more: false };

/**
 * A thread as a client may see it: its `metadata` is always empty, and it has a page of items, empty unless given.
 * Hidden items must already be left out of the page.
 */
export function threadToWire(thread: Thread, items: Page<ThreadItem> = noItems): object {
  return {
    id: thread.id,
    title: thread.title ?? undefined,
    created_at: toUtcDateTime(thread.created_at),
    status: statusToWire(thread.status ?? { type: 'active' }),
    allowed_image_domains: thread.allowed_image_domains ?? undefined,
    metadata: {},
    items: pageToWire(items, itemToWire),
  };
}
