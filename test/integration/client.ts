import type { ThreadStreamEvent } from '@chatkit-selfhost/core';

export interface Frame {
  id: string | null;
  event: ThreadStreamEvent;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
  events: ThreadStreamEvent[];
}

/** Speaks to a served ChatKit server as a browser would. */
export class TestClient {
  readonly url: string;
  headers: Record<string, string> = {};

  constructor(url: string) {
    this.url = url;
  }

  /** Makes a session and sends it with everything that follows. */
  async start(userId?: string): Promise<this> {
    const { json } = await this.post('/session', userId === undefined ? {} : { user_id: userId });
    this.headers = { 'x-chatkit-session': String(json['session_id']) };
    return this;
  }

  get sessionId(): string {
    return this.headers['x-chatkit-session'] ?? '';
  }

  request(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { ...init, headers: { ...this.headers, ...(init.headers as Record<string, string> | undefined) } });
  }

  async send(path: string, init: RequestInit = {}): Promise<Answer> {
    return readAnswer(await this.request(path, init));
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  }

  /** One ChatKit operation. */
  call(type: string, params: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.post('/chatkit', { type, params }, headers);
  }

  /** A streaming operation, read by hand. */
  open(type: string, params: unknown, init: RequestInit = {}): Promise<Response> {
    return this.request('/chatkit', {
      ...init, method: 'POST', body: JSON.stringify({ type, params }),
      headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) },
    });
  }

  async createThread(text: string): Promise<{ threadId: string; answer: Answer }> {
    const answer = await this.call('threads.create', { input: textInput(text) });
    return { threadId: threadIdOf(answer), answer };
  }

  say(threadId: string, text: string): Promise<Answer> {
    return this.call('threads.add_user_message', { thread_id: threadId, input: textInput(text) });
  }

  async items(threadId: string): Promise<Record<string, unknown>[]> {
    const { json } = await this.call('items.list', { thread_id: threadId, order: 'asc', limit: 100 });
    return json['data'] as Record<string, unknown>[];
  }
}

export function textInput(text: string): unknown {
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
}

export function threadIdOf({ events }: Pick<Answer, 'events'>): string {
  const created = events.find((event) => event.type === 'thread.created');
  if (created?.type !== 'thread.created') throw new Error('No thread.created in the answer.');
  return created.thread.id;
}

/** The streamed text of all messages. */
export function streamedText(events: ThreadStreamEvent[]): string {
  return events.map((event) => (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta' ? event.update.delta : '')).join('');
}

export function parseFrames(text: string): Frame[] {
  return text.split('\n\n').filter((frame) => frame.includes('data: ')).map((frame) => {
    const lines = frame.split('\n');
    const data = lines.find((line) => line.startsWith('data: '))?.slice(6) ?? '';
    return { id: lines.find((line) => line.startsWith('id: '))?.slice(4) ?? null, event: JSON.parse(data) as ThreadStreamEvent };
  });
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: !streamed && text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    events: streamed ? parseFrames(text).map(({ event }) => event) : [],
  };
}

/** Reads frames one by one from a response that is still going. */
export async function* readFrames(response: Response): AsyncGenerator<Frame, void, undefined> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  let buffered = '';
  for await (const chunk of response.body) {
    buffered += decoder.decode(chunk, { stream: true });
    const end = buffered.lastIndexOf('\n\n');
    if (end === -1) continue;
    yield* parseFrames(buffered.slice(0, end + 2));
    buffered = buffered.slice(end + 2);
  }
}

/** Asks again and again until it holds, to a deadline. */
export async function until<T>(probe: () => Promise<T | null | undefined | false>, { withinMs = 5_000 } = {}): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const result = await probe();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`It did not come true within ${String(withinMs)} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
