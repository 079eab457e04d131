import * as z from 'zod';
import { attachmentSchema } from './attachment.js';
import type { Attachment } from './attachment.js';
import { itemFields, itemSchemas, threadItemSchema } from './item.js';
import type { ThreadItem } from './item.js';
import { describeIssue, formatPath } from './describe-issue.js';
import { threadSchema } from './thread.js';
import type { Thread } from './thread.js';

function readStored<S extends z.ZodType>(noun: string, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.slice(0, 1).map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`.trim());
  throw new TypeError([`Unreadable stored ${noun}`, ...reasons].join(': '));
}

const unknownItemSchema = z.looseObject(itemFields);

function isKnownItem(value: unknown): boolean {
  const type: unknown = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return typeof type !== 'string' || Object.hasOwn(itemSchemas, type);
}

/**
 * Reads a stored item, also one written by the Python SDK or by a newer version: date-times without an offset are
 * taken for UTC, missing defaults are filled in, unknown fields dropped. An item of an unknown type is kept whole.
 *
 * @throws TypeError naming the field that cannot be read, without its content.
 */
export function readThreadItem(value: unknown): ThreadItem {
  if (isKnownItem(value)) return readStored('item', threadItemSchema, value);
  // A type of a newer version: code that switches over known types never meets it, and it is sent on as it is.
  return readStored('item', unknownItemSchema, value) as unknown as ThreadItem;
}

/** Reads a stored thread as leniently as `readThreadItem`. @throws TypeError naming the field that cannot be read. */
export function readThread(value: unknown): Thread {
  return readStored('thread', threadSchema, value);
}

/** Reads a stored attachment as leniently as `readThreadItem`. @throws TypeError naming the field that cannot be read. */
export function readAttachment(value: unknown): Attachment {
  return readStored('attachment', attachmentSchema, value);
}
