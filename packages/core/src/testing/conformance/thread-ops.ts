import type { Turn } from '../../app-types.js';
import type { ThreadUpdate } from '../../store/index.js';
import type { OpContext } from './op-context.js';
import { isJson, type Json, type Op } from './vector.js';

/** `set_thread` and `set`: changes of the thread that the responder was given. */
export async function changeThread(op: Op, turn: Turn): Promise<void> {
  if (isJson(op['set_thread'])) {
    await turn.updateThread(toUpdate(op['set_thread']));
    return;
  }
  const { path, value } = op['set'] as { path: string; value: unknown };
  const [field = '', ...rest] = path.split('.');
  const changed = rest.length === 0 ? value : setAt(structuredClone((turn.thread as unknown as Json)[field] ?? {}), rest, value);
  await turn.updateThread(toUpdate({ [field]: changed }));
}

/** Changes are stored as they are made; saving once more is harmless. */
export async function saveThread({ turn, store, scope }: OpContext): Promise<void> {
  await store.threads.write(scope, { threadId: turn.thread.id, update: {} });
}

function toUpdate(fields: Json): ThreadUpdate {
  const { allowed_image_domains: allowedImageDomains, ...rest } = fields;
  return { ...rest, ...(allowedImageDomains === undefined ? {} : { allowedImageDomains: allowedImageDomains as string[] | null }) };
}

function setAt(target: unknown, [key = '', ...rest]: string[], value: unknown): unknown {
  const object = isJson(target) ? target : {};
  return { ...object, [key]: rest.length === 0 ? value : setAt(object[key], rest, value) };
}
