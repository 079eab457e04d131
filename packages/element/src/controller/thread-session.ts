import { ApiError, isAbort } from '../api/api-error.js';
import type { ChatKitClient } from '../api/chatkit-client.js';
import type { StreamingOperation, StreamingOperations } from '../api/operations.js';
import { readStreamEvents } from '../api/read-stream-events.js';
import type { ClientToolCallItem, ThreadItem, UserMessageItem } from '../protocol/item.js';
import type { ThreadStreamEvent } from '../protocol/stream-event.js';
import { beginResponse, endResponse, reduceStreamEvent } from '../state/reduce-stream-event.js';
import { itemsUpTo, upsertItem } from '../state/item-list.js';
import { normalizeItem } from '../state/normalize-item.js';
import { emptyThreadState } from '../state/view-state.js';
import type { ThreadState } from '../state/view-state.js';
import { callClientTool } from './client-tools.js';
import type { ClientTool } from './client-tools.js';
import { toError } from './events.js';
import type { Emit } from './events.js';
import type { FeedbackKind } from './give-feedback.js';

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

/** A response that is arriving, and the two ways to end it early. */
interface RunningResponse {
  /** The reader's Stop: aborts the request. */
  readonly stop: AbortController;
  /** Nobody reads any more: the body is let go of, the request isn't aborted. */
  readonly leave: AbortController;
}

/** One thread's state and its running response, whether or not it is on screen. */
export class ThreadSession {
  state: ThreadState = emptyThreadState();
  /** Older items that aren't loaded yet. */
  older = { hasMore: false, after: undefined as string | undefined, loading: false };
  loading = false;
  /** The thread asked for, before it is loaded and when that fails. */
  requestedId: string | null = null;
  readonly feedback = new Map<string, FeedbackKind>();
  /** The last request of the last response; null when that was begun elsewhere. */
  lastRequest: StreamRequest | null = null;
  /** Whether anything came back for `lastRequest`: without, the server has not taken it. */
  accepted = false;
  /** Whether the last response told of an error itself, rather than being refused or cut off. */
  errorReported = false;
  /** Reading or loading was given up because the element left the page: what is shown may be old. */
  interrupted = false;
  /** Resolves when the running response has come to its end. */
  finished: Promise<void> = Promise.resolve();
  private running: RunningResponse | null = null;

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
  respond(request: StreamRequest, outgoing: UserMessageItem | null = null): Promise<void> {
    const removed = this.begin(request, outgoing);
    this.host.emit('chatkit.log', { name: 'response.request', data: { type: request.type } });
    return this.run((running) => this.sendAll(request, running), removed);
  }

  /** Shows a response that was begun elsewhere as if it had been asked for here. `onStop` hears of the reader's Stop. Never rejects. */
  followResponse(response: Response, onStop: () => void): Promise<void> {
    this.begin(null, this.state.outgoing);
    this.host.emit('chatkit.log', { name: 'response.follow' });
    return this.run(async (running) => {
      const { stop, leave } = running;
      stop.signal.addEventListener('abort', onStop);
      const next = await this.receiveAll(readStreamEvents(response, stop.signal, leave.signal), running);
      // What follows from here on is this element's own doing, and so is stopping it.
      stop.signal.removeEventListener('abort', onStop);
      if (next) await this.sendAll(next, running);
    }, []);
  }

  /** Stops the running response. What was shown stays; the server notices the closed request. */
  stop(): void {
    this.running?.stop.abort();
  }

  /** Leaves the running response to the server: reading ends, but nothing is stopped by a signal. */
  detach(): void {
    this.interrupted ||= this.busy || this.loading;
    this.running?.leave.abort();
  }

  /** The state for a new response; returns the items that a retry takes off the screen. */
  private begin(request: StreamRequest | null, outgoing: UserMessageItem | null): readonly ThreadItem[] {
    const { items } = this.state;
    const kept = request?.type === 'threads.retry_after_item' ? itemsUpTo(items, request.params.item_id) : items;
    this.lastRequest = request;
    this.accepted = false;
    this.errorReported = false;
    this.update((state) => ({ ...beginResponse(state), outgoing, items: kept }));
    this.host.emit('chatkit.response.start');
    return items.slice(kept.length);
  }

  private async run(receive: (running: RunningResponse) => Promise<void>, removed: readonly ThreadItem[]): Promise<void> {
    const running: RunningResponse = { stop: new AbortController(), leave: new AbortController() };
    const { signal } = running.stop;
    this.running = running;
    this.finished = receive(running)
      .catch((error: unknown) => {
        if (!isAbort(error) && !signal.aborted) this.fail(error);
      })
      .finally(() => {
        this.running = null;
        // What the server has not taken has removed nothing.
        const restored = this.accepted ? [] : removed;
        this.update((state) => ({ ...endResponse(state), items: restored.length > 0 ? [...state.items, ...restored] : state.items }));
        this.host.emit('chatkit.log', { name: 'response.finish', data: { stopped: signal.aborted, failed: this.state.failure !== null } });
        this.host.emit('chatkit.response.end');
      });
    await this.finished;
  }

  /** Sends a request, then the results of the client tools its answers ask for. */
  private async sendAll(first: StreamRequest, running: RunningResponse): Promise<void> {
    let next: StreamRequest | null = first;
    while (next) {
      this.lastRequest = next;
      this.accepted = false;
      next = await this.receiveAll(this.host.client().stream(next.type, next.params, running.stop.signal, running.leave.signal), running);
    }
  }

  /** Takes in the events of one answer; returns the request that has to follow it. */
  private async receiveAll(events: AsyncIterable<ThreadStreamEvent>, { stop: { signal }, leave }: RunningResponse): Promise<StreamRequest | null> {
    let call: ClientToolCallItem | null = null;
    for await (const event of events) {
      if (signal.aborted || leave.signal.aborted) return null;
      this.accepted = true;
      this.receive(event);
      call = pendingCall(event) ?? call;
    }
    this.accepted ||= !signal.aborted && !leave.signal.aborted;
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
      this.errorReported = true;
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

function pendingCall(event: ThreadStreamEvent): ClientToolCallItem | null {
  const item = event.type === 'thread.item.done' ? normalizeItem(event.item) : null;
  return item?.type === 'client_tool_call' && item.status === 'pending' ? item : null;
}
