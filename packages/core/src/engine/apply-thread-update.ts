import type { Thread } from '../protocol/index.js';
import type { ThreadUpdate } from '../store/index.js';

/** The thread after a change: absent fields stay, null clears. */
export function applyThreadUpdate(thread: Thread, change: ThreadUpdate): Thread {
  const next: Thread = { ...thread };
  if (change.title !== undefined) next.title = change.title ?? undefined;
  if (change.status !== undefined) next.status = change.status ?? { type: 'active' };
  if (change.allowedImageDomains !== undefined) next.allowed_image_domains = change.allowedImageDomains ?? undefined;
  if (change.metadata !== undefined) next.metadata = change.metadata ?? {};
  return next;
}
