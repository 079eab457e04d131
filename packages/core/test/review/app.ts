import type { createChatKit } from '../../src/engine/create-chatkit.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';

export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
export const owner = { ownerId: 'ada' };
/** Everybody is the same owner. */
export const authenticate = (): typeof owner => owner;

type Chatkit = Pick<ReturnType<typeof createChatKit>, 'fetch'>;

export function request(path: string, body?: unknown, init: RequestInit = {}): Request {
  const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) };
  return new Request(`https://app.example/agent${path}`, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...init, headers });
}

export function open(chatkit: Chatkit, type: string, params: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return chatkit.fetch(request('/chatkit', { type, params }, { headers }));
}

export const input = (text: string, attachments: string[] = []): unknown => ({ content: [{ type: 'input_text', text }], attachments, inference_options: {} });

export async function call(chatkit: Chatkit, type: string, params: unknown, headers?: Record<string, string>): Promise<{ status: number; events: ThreadStreamEvent[]; json: Record<string, unknown> }> {
  const response = await open(chatkit, type, params, headers);
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  return { status: response.status, events: isStream ? eventsOf(text) : [], json: isStream ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

export function eventsOf(text: string): ThreadStreamEvent[] {
  return text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)) as ThreadStreamEvent);
}

export function threadOf(events: ThreadStreamEvent[]): string {
  for (const event of events) if (event.type === 'thread.created') return event.thread.id;
  throw new Error('No thread.created came.');
}

export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
