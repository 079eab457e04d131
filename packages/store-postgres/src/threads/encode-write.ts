import type { ThreadItem, ThreadUpdate, ThreadWrite } from '@chatkit-selfhost/core';
import { toJson } from '../database/to-json.js';

/** A change of a thread as the function `write_thread` reads it. */
export function encodeWrite(write: ThreadWrite): string {
  return toJson({
    threadId: write.threadId,
    fence: write.fence,
    onlyIfActive: write.onlyIfActive,
    onlyIfPresent: write.onlyIfPresent,
    create: write.create,
    createdAt: write.create && instant(write.create.created_at),
    ...(write.update && encodeUpdate(write.update)),
    removeAfter: write.removeAfter,
    remove: write.remove,
    put: write.put && lastOfEach(write.put).map((item) => ({ id: item.id, type: item.type, created_at: instant(item.created_at), data: item })),
    attach: write.attach && [...new Set(write.attach)],
  });
}

/** Fields to set and fields to take away. */
function encodeUpdate(update: ThreadUpdate): { set: Record<string, unknown>; unset: string[] } {
  const { title, status, allowedImageDomains, metadata } = update;
  const set: Record<string, unknown> = {};
  const unset: string[] = [];
  if (title === null) unset.push('title');
  else if (title !== undefined) set['title'] = title;
  if (status !== undefined) set['status'] = status ?? { type: 'active' };
  if (allowedImageDomains === null) unset.push('allowed_image_domains');
  else if (allowedImageDomains !== undefined) set['allowed_image_domains'] = allowedImageDomains;
  if (metadata !== undefined) set['metadata'] = metadata ?? {};
  return { set, unset };
}

/** One statement can't write a row twice: the last value counts, at the place of the first. */
function lastOfEach(items: ThreadItem[]): ThreadItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/** For the column beside the item, which only SQL reads: null (the time of the write) when the text is not a datetime. */
function instant(text: string): string | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
