import type { WireEvent, WireRequest } from './protocol-server.js';

export type WireItem = Record<string, unknown> & { id: string; type: string };

export interface StoredThread {
  id: string;
  title?: string | undefined;
  status: { type: string; reason?: string };
  allowed_image_domains?: string[] | undefined;
  created_at: string;
  items: WireItem[];
}

const start = Date.UTC(2026, 0, 5, 9, 0, 0);

/** The threads, items and attachments of the test server. */
export class ThreadBook {
  readonly threads: StoredThread[] = [];
  readonly attachments = new Map<string, Record<string, unknown>>();
  private counter = 0;

  create(fields: Partial<StoredThread> = {}): StoredThread {
    const thread: StoredThread = { id: this.id('thr'), status: { type: 'active' }, created_at: this.time(), items: [], ...fields };
    this.threads.push(thread);
    return thread;
  }

  get(id: string): StoredThread {
    const thread = this.threads.find((candidate) => candidate.id === id);
    if (!thread) throw new Error(`No thread ${id}`);
    return thread;
  }

  item(thread: StoredThread, type: string, fields: Record<string, unknown>): WireItem {
    return { id: this.id('item'), thread_id: thread.id, created_at: this.time(), type, ...fields };
  }

  /** Adds an item to a thread as if it had been said earlier. */
  add(thread: StoredThread, type: string, fields: Record<string, unknown>): WireItem {
    const item = this.item(thread, type, fields);
    thread.items.push(item);
    return item;
  }

  addUser(thread: StoredThread, text: string): WireItem {
    return this.add(thread, 'user_message', { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} });
  }

  addAssistant(thread: StoredThread, text: string): WireItem {
    return this.add(thread, 'assistant_message', { content: [{ type: 'output_text', text, annotations: [] }] });
  }

  wire(thread: StoredThread, items: readonly WireItem[], page: { has_more?: boolean; after?: string } = {}): Record<string, unknown> {
    const { items: _items, ...rest } = thread;
    return { ...rest, metadata: {}, items: { data: items, has_more: false, ...page } };
  }

  attachment(name: string, mimeType: string, origin: string): Record<string, unknown> {
    const id = this.id('atc');
    const image = mimeType.startsWith('image/');
    const attachment = { id, name, mime_type: mimeType, type: image ? 'image' : 'file', ...(image ? { preview_url: `${origin}/pixel.png` } : {}) };
    this.attachments.set(id, attachment);
    return attachment;
  }

  /** What a streaming operation does before the answer. */
  begin(thread: StoredThread, { type, params }: WireRequest): WireEvent[] {
    if (type === 'threads.create' || type === 'threads.add_user_message') {
      const input = params['input'] as Record<string, unknown>;
      const attachments = (input['attachments'] as string[]).map((id) => this.attachments.get(id) ?? {});
      return [{ type: 'thread.item.done', item: this.add(thread, 'user_message', { ...input, attachments }) }];
    }
    if (type === 'threads.retry_after_item') {
      const index = thread.items.findIndex((item) => item.id === params['item_id']);
      thread.items.splice(index + 1);
    }
    if (type === 'threads.add_client_tool_output') {
      const call = thread.items.findLast((item) => item.type === 'client_tool_call');
      if (call) Object.assign(call, { status: 'completed', output: params['result'] });
    }
    if (type === 'threads.add_structured_input') return [this.answerInput(thread, params)];
    return [];
  }

  /** Keeps what a stream event says has become final. */
  keep(thread: StoredThread, event: WireEvent): void {
    const item = event['item'] as WireItem | undefined;
    if (item && (event.type === 'thread.item.done' || event.type === 'thread.item.replaced')) {
      const index = thread.items.findIndex((candidate) => candidate.id === item.id);
      if (index < 0) thread.items.push(item);
      else thread.items[index] = item;
    }
    if (event.type === 'thread.updated') Object.assign(thread, event['thread'], { items: thread.items });
  }

  answer({ type, params }: WireRequest, origin: string): { status: number; result: unknown } {
    const threadId = String(params['thread_id']);
    const thread = this.threads.find((candidate) => candidate.id === threadId);
    if ('thread_id' in params && !thread) return { status: 404, result: { code: 'not_found', message: 'Not found' } };
    const ok = (result: unknown): { status: number; result: unknown } => ({ status: 200, result });
    switch (type) {
      case 'threads.get_by_id': {
        const all = thread?.items ?? [];
        return ok(thread && this.wire(thread, all.slice(0, 20), all.length > 20 ? { has_more: true, after: all[19]?.id ?? '' } : {}));
      }
      case 'items.list':
        return ok(page(thread?.items ?? [], params));
      case 'threads.list': {
        const threads = page(this.threads, params);
        return ok({ ...threads, data: threads.data.map((entry) => this.wire(entry, [])) });
      }
      case 'threads.update':
        if (thread) thread.title = String(params['title']);
        return ok(thread && this.wire(thread, []));
      case 'threads.delete':
        if (thread) this.threads.splice(this.threads.indexOf(thread), 1);
        return ok({});
      case 'attachments.create': {
        const attachment = this.attachment(String(params['name']), String(params['mime_type']), origin);
        return ok({ ...attachment, upload_descriptor: { url: `${origin}/upload/bytes`, method: 'PUT', headers: { 'x-upload': 'signed' } } });
      }
      default:
        return ok({});
    }
  }

  private answerInput(thread: StoredThread, params: Record<string, unknown>): WireEvent {
    const input = params['input'] as { status: string; answers: Record<string, { values: string[]; skipped: boolean }> };
    const item = thread.items.find((candidate) => candidate.id === params['item_id']);
    const inputs = (item?.['inputs'] as Record<string, unknown>[]).map((entry) => ({ ...entry, answer: input.answers[String(entry['id'])] ?? { values: [], skipped: true } }));
    const replaced = { ...(item as WireItem), status: input.status, inputs };
    thread.items.splice(thread.items.indexOf(item as WireItem), 1, replaced);
    return { type: 'thread.item.replaced', item: replaced };
  }

  private id(prefix: string): string {
    this.counter += 1;
    return `${prefix}_${this.counter.toString().padStart(6, '0')}`;
  }

  private time(): string {
    return new Date(start + this.counter * 1000).toISOString();
  }
}

function page<T extends { id: string }>(all: readonly T[], params: Record<string, unknown>): { data: T[]; has_more: boolean; after?: string } {
  const ordered = params['order'] === 'asc' ? [...all] : [...all].reverse();
  const from = params['after'] === undefined ? 0 : ordered.findIndex((entry) => entry.id === params['after']) + 1;
  const limit = Number(params['limit'] ?? 20) || 20;
  const data = ordered.slice(from, from + Math.min(limit, 100));
  const hasMore = from + data.length < ordered.length;
  const last = data.at(-1);
  return { data, has_more: hasMore, ...(hasMore && last ? { after: last.id } : {}) };
}
