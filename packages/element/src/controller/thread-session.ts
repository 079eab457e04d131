import { ApiError, isAbort } from '../api/api-error.js';
import type { ChatKitClient } from '../api/chatkit-client.js';
import type { StreamingOperation, StreamingOperations } from '../api/operations.js';
import type { ClientToolCallItem, UserMessageItem } from '../protocol/item.js';
import type { ThreadStreamEvent } from '../protocol/stream-event.js';
import { beginResponse, endResponse, reduceStreamEvent } from '../state/reduce-stream-event.js';
import { upsertItem } from '../state/item-list.js';
import { emptyThreadState } from '../state/view-state.js';
import type { ThreadState } from '../state/view-state.js';
import { callClientTool } from './client-tools.js';
import type { ClientTool } from './client-tools.js';
import { toError } from './events.js';
import type { Emit } from './events.js';

export interface SessionHost {
  client: () => ChatKitClient;
  clientTool: () => ClientTool | undefined;
  emit: Emit;
  /** Called after every change of the session's state. */
  changed: (session: ThreadSession) => void;
  /** Called when a new thread got its id from the server. */
  created: (session: ThreadSession) => void;
}

/** One streaming request with its parameters, kept so that it can be sent again. */
export type StreamRequest = { [K in StreamingOperation]: { type: K; params: StreamingOperations[K] } }[StreamingOperation];

/** One thread's state and its running response, whether or not it is on screen. */
export class ThreadSession {
  state: ThreadState = emptyThreadState();
  /** Older items that aren't loaded yet. */
  older = { hasMore: false, after: undefined as string | undefined, loading: false };
  loading = false;
  /** The thread asked for, before it is loaded and when that fails. */
  requestedId: string | null = null;
  readonly feedback = new Map<string, 'positive' | 'negative'>();
  /** The request of the last response, sent again by retry when it never reached the server. */
  lastRequest: StreamRequest | null = null;
  private abort: AbortController | null = null;
  private detached = false;

  constructor(private readonly host: SessionHost) {}

  get id(): string | null {
    return this.state.thread?.id ?? null;
  }

  get busy(): boolean {
    return this.state.streaming;
  }

  update(change: (state: ThreadState) => ThreadState): void {
    const next = change(this.state);
    if (next === this.state) return;
    this.state = next;
    this.host.changed(this);
  }

  /** Runs one response to its end, client tool calls included. Never rejects: failures become state. */
  async respond(request: StreamRequest, outgoing: UserMessageItem | null = null): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    this.lastRequest = request;
    this.update((state) => ({ ...beginResponse(state), outgoing }));
    this.host.emit('chatkit.response.start');
    this.host.emit('chatkit.log', { name: 'response.request', data: { type: request.type } });
    try {
      let next: StreamRequest | null = request;
      while (next) next = await this.follow(next, abort.signal);
    } catch (error) {
      if (!isAbort(error) && !abort.signal.aborted) this.fail(error);
    } finally {
      this.abort = null;
      this.update(endResponse);
      this.host.emit('chatkit.log', { name: 'response.finish', data: { stopped: abort.signal.aborted, failed: this.state.failure !== null } });
      this.host.emit('chatkit.response.end');
    }
  }

  /** Stops the running response. What was shown stays; the server notices the closed request. */
  stop(): void {
    this.abort?.abort();
  }

  /** Leaves the running response to the server: reading ends, but nothing is stopped by a signal. */
  detach(): void {
    this.detached = true;
  }

  private async follow(request: StreamRequest, signal: AbortSignal): Promise<StreamRequest | null> {
    let call: ClientToolCallItem | null = null;
    for await (const event of this.host.client().stream(request.type, request.params, signal)) {
      if (signal.aborted || this.detached) return null;
      this.receive(event);
      if (event.type === 'thread.item.done' && event.item.type === 'client_tool_call' && event.item.status === 'pending') {
        call = event.item;
      }
    }
    const threadId = this.id;
    if (!call || !threadId || signal.aborted) return null;
    const { result, error } = await callClientTool(this.host.clientTool(), call);
    if (error) this.host.emit('chatkit.error', { error });
    if (signal.aborted) return null;
    const completed: ClientToolCallItem = { ...call, status: 'completed', output: result };
    this.update((state) => ({ ...state, items: upsertItem(state.items, completed) }));
    return { type: 'threads.add_client_tool_output', params: { thread_id: threadId, result } };
  }

  private receive(event: ThreadStreamEvent): void {
    const before = this.id;
    this.update((state) => reduceStreamEvent(state, event));
    if (before === null && this.id !== null) this.host.created(this);
    if (event.type === 'client_effect') {
      this.host.emit('chatkit.effect', { name: event.name, data: event.data ?? {} });
    } else if (event.type === 'error') {
      this.host.emit('chatkit.error', { error: new Error(event.message ?? event.code ?? 'stream.error') });
    }
  }

  private fail(error: unknown): void {
    const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
    const passing = error instanceof ApiError && [401, 408, 409, 425, 429].includes(error.status);
    this.update((state) => ({
      ...state,
      failure: {
        code: error instanceof ApiError && error.status > 0 ? 'http' : 'stream.error',
        message: error instanceof ApiError && error.status > 0 ? error.message : undefined,
        allowRetry: !refused || passing,
      },
    }));
    this.host.emit('chatkit.error', { error: toError(error) });
  }
}
