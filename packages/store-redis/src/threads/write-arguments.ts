import { sanitizeText, type OwnerScope, type Thread, type ThreadUpdate, type ThreadWrite } from '@chatkit-selfhost/core';
import { encodeJson } from '../encode-json.js';

type Argument = string | number;

/** A thread write as its script reads it. */
export function writeArguments({ ownerId }: OwnerScope, write: ThreadWrite, claimed: '0' | '1', fence = write.fence): Argument[] {
  const put = (write.put ?? []).flatMap((item) => [sanitizeText(item.id), encodeJson(item)]);
  return [
    write.threadId, ownerId, claimed, fence ?? '', flag(write.onlyIfActive), write.onlyIfPresent ?? '',
    flag(write.create !== undefined), ...pairs(write.create ? createdFields(write.create) : []),
    ...pairs(write.update ? updatedFields(write.update) : []),
    flag(write.removeAfter !== undefined), write.removeAfter ?? '',
    ...list(write.remove ?? []), ...pairs(put), ...list(write.attach ?? []),
  ];
}

/** A thread of its fields, as `threadFields` answers them. */
export function toThread([rest, title, status, domains, metadata]: (string | null)[]): Thread | null {
  if (typeof rest !== 'string') return null;
  const thread = JSON.parse(rest) as Thread;
  if (typeof title === 'string') thread.title = JSON.parse(title) as string;
  thread.status = typeof status === 'string' ? (JSON.parse(status) as Thread['status']) : { type: 'active' };
  if (typeof domains === 'string') thread.allowed_image_domains = JSON.parse(domains) as string[];
  thread.metadata = typeof metadata === 'string' ? (JSON.parse(metadata) as Record<string, unknown>) : {};
  return thread;
}

function createdFields({ title, status, allowed_image_domains: domains, metadata, ...rest }: Thread): string[] {
  return [
    'rest', encodeJson(rest), 'title', json(title), 'status', encodeJson(status), 'active', flag(status.type === 'active'),
    'domains', json(domains), 'metadata', encodeJson(metadata),
  ];
}

/** Fields that are cleared have an empty value, but for `active`. */
function updatedFields({ title, status, allowedImageDomains, metadata }: ThreadUpdate): string[] {
  return [
    ...(title === undefined ? [] : ['title', json(title)]),
    ...(status === undefined ? [] : ['status', json(status), 'active', flag(status === null || status.type === 'active')]),
    ...(allowedImageDomains === undefined ? [] : ['domains', json(allowedImageDomains)]),
    ...(metadata === undefined ? [] : ['metadata', json(metadata)]),
  ];
}

function json(value: unknown): string {
  return value === undefined || value === null ? '' : encodeJson(value);
}

function flag(value: boolean | undefined): '0' | '1' {
  return value ? '1' : '0';
}

function list(values: string[]): Argument[] {
  return [values.length, ...values];
}

function pairs(values: string[]): Argument[] {
  return [values.length / 2, ...values];
}
