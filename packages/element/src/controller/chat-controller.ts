import { ChatKitClient } from '../api/chatkit-client.js';
import type { CustomAction, StructuredInputSubmission, UserMessageInput } from '../api/operations.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Attachment, UserMessageContent, UserMessageItem } from '../protocol/item.js';
import { indexOfItem, itemsUpTo, prependItems, upsertItem, userMessageBefore } from '../state/item-list.js';
import { normalizeItem } from '../state/normalize-item.js';
import { toError } from './events.js';
import type { Emit } from './events.js';
import { HistoryController } from './history-controller.js';
import { loadOlderPage, loadThread, pageSize } from './load-thread.js';
import { ThreadSession } from './thread-session.js';
import type { StreamRequest } from './thread-session.js';
import { WidgetActions } from './widget-actions.js';
import { isAbort } from '../api/api-error.js';

export interface OutgoingMessage {
  content: UserMessageContent[];
  attachments: Attachment[];
  quote?: string | undefined;
  toolId?: string | undefined;
  modelId?: string | undefined;
}

export interface ChatControllerHost {
  options: () => ResolvedOptions;
  emit: Emit;
  /** Something visible changed. */
  changed: () => void;
  /** Another thread is on screen, or the shown one was read anew. */
  threadShown: () => void;
  /** The reader sent something: bring it into view. */
  messageSent: () => void;
}

/** Everything the element does with threads: opening, sending, retrying, acting, refreshing. */
export class ChatController {
  session: ThreadSession;
  readonly history: HistoryController;
  readonly widgetActions: WidgetActions;
  /** Threads left while their answer was still arriving: they go on and are shown as they are when reopened. */
  private readonly background = new Set<ThreadSession>();
  // `crypto.randomUUID` exists on secure origins only.
  private readonly instanceId = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  private loadAbort: AbortController | null = null;
  private outgoingCounter = 0;

  constructor(private readonly host: ChatControllerHost) {
    this.session = this.newSession();
    this.history = new HistoryController({
      client: () => this.client,
      emit: host.emit,
      changed: host.changed,
      deleted: (threadId) => {
        if (this.session.id === threadId) this.startNewThread();
      },
      renamed: (thread) => {
        if (this.session.id === thread.id) this.session.update((state) => ({ ...state, thread: { ...thread, items: undefined } }));
      },
    });
    this.widgetActions = new WidgetActions({
      busy: () => this.session.busy,
      onClientAction: () => host.options().raw.widgets?.onAction,
      sendStreaming: (itemId, action) => this.sendAction(action, itemId),
      sendSync: (itemId, action) => this.sendSyncAction(action, itemId),
      failed: (error) => this.report(error),
      changed: host.changed,
    });
  }

  get client(): ChatKitClient {
    const { api, apiUrl, locale } = this.host.options();
    return new ChatKitClient({
      url: apiUrl,
      fetch: api.fetch ?? ((...parameters) => globalThis.fetch(...parameters)),
      locale: locale.requested,
      instanceId: this.instanceId,
    });
  }

  /** Shows a thread, or the start screen for null. Rejects when the thread can't be loaded. */
  async openThread(threadId: string | null): Promise<void> {
    this.loadAbort?.abort();
    this.loadAbort = null;
    if (threadId === null) return this.startNewThread();
    const running = [...this.background].find((session) => session.id === threadId);
    const session = running ?? this.newSession();
    this.show(session);
    this.host.emit('chatkit.thread.change', { threadId });
    if (!running) await this.load(session, threadId, pageSize);
    this.host.threadShown();
  }

  startNewThread(): void {
    const hadThread = this.session.id !== null || this.session.loading;
    this.show(this.newSession());
    if (hadThread) this.host.emit('chatkit.thread.change', { threadId: null });
    this.host.threadShown();
  }

  async send(message: OutgoingMessage): Promise<void> {
    const { session } = this;
    const threadId = session.id;
    const input: UserMessageInput = {
      content: message.content,
      attachments: message.attachments.map((attachment) => attachment.id),
      ...(message.quote ? { quoted_text: message.quote } : {}),
      inference_options: {
        ...(message.toolId ? { tool_choice: { id: message.toolId } } : {}),
        ...(message.modelId ? { model: message.modelId } : {}),
      },
    };
    const request: StreamRequest =
      threadId === null
        ? { type: 'threads.create', params: { input } }
        : { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
    this.outgoingCounter += 1;
    const outgoing: UserMessageItem = {
      type: 'user_message',
      id: `outgoing-${this.outgoingCounter}`,
      thread_id: threadId ?? '',
      content: message.content,
      attachments: message.attachments,
      quoted_text: message.quote,
    };
    const done = session.respond(request, outgoing);
    this.host.messageSent();
    await done;
  }

  /** Answers again: from the last user message, or by sending again what never got through. */
  async retry(itemId?: string): Promise<void> {
    const { session } = this;
    if (session.busy) return;
    const { items, outgoing } = session.state;
    if (outgoing && session.lastRequest && itemId === undefined) return session.respond(session.lastRequest, outgoing);
    const from = itemId === undefined ? items.length - 1 : indexOfItem(items, itemId);
    const userMessageId = userMessageBefore(items, from);
    const threadId = session.id;
    if (!userMessageId || !threadId) return;
    session.update((state) => ({ ...state, items: itemsUpTo(state.items, userMessageId) }));
    await session.respond({ type: 'threads.retry_after_item', params: { thread_id: threadId, item_id: userMessageId } });
  }

  async sendAction(action: CustomAction, itemId?: string): Promise<void> {
    const threadId = this.session.id;
    if (!threadId) throw new Error('There is no thread to send the action to.');
    await this.session.respond({
      type: 'threads.custom_action',
      params: { thread_id: threadId, ...(itemId ? { item_id: itemId } : {}), action },
    });
  }

  async submitStructuredInput(itemId: string, input: StructuredInputSubmission): Promise<void> {
    const threadId = this.session.id;
    if (!threadId || this.session.busy) return;
    await this.session.respond({ type: 'threads.add_structured_input', params: { thread_id: threadId, item_id: itemId, input } });
  }

  async giveFeedback(itemIds: string[], kind: 'positive' | 'negative'): Promise<void> {
    const { session } = this;
    const [first] = itemIds;
    if (!session.id || !first || session.feedback.get(first) === kind) return;
    const before = session.feedback.get(first);
    session.feedback.set(first, kind);
    this.host.changed();
    try {
      await this.client.call('items.feedback', { thread_id: session.id, item_ids: itemIds, kind });
    } catch (error) {
      if (before) session.feedback.set(first, before);
      else session.feedback.delete(first);
      this.report(error);
    }
  }

  async loadOlder(): Promise<void> {
    const { session } = this;
    const threadId = session.id;
    if (!threadId || !session.older.hasMore || session.older.loading) return;
    session.older = { ...session.older, loading: true };
    this.host.changed();
    try {
      const page = await loadOlderPage(this.client, threadId, session.older.after);
      session.older = { ...page.older, loading: false };
      session.update((state) => ({ ...state, items: prependItems(state.items, page.items) }));
    } catch (error) {
      session.older = { ...session.older, hasMore: false, loading: false };
      this.report(error);
    }
  }

  /** Reads the shown thread again, keeping what is on screen until the answer is there. */
  async refresh(): Promise<void> {
    const { session } = this;
    if (session.id) await this.load(session, session.id, Math.max(session.state.items.length, pageSize), true);
  }

  report(error: unknown): void {
    this.host.emit('chatkit.error', { error: toError(error) });
    this.host.changed();
  }

  /** The element left the page for good: nobody reads the streams any more. */
  detach(): void {
    this.loadAbort?.abort();
    for (const session of [this.session, ...this.background]) session.detach();
  }

  private async sendSyncAction(action: CustomAction, itemId: string): Promise<void> {
    const { session } = this;
    if (!session.id) return;
    const result = await this.client.call('threads.sync_custom_action', { thread_id: session.id, item_id: itemId, action });
    const item = normalizeItem(result.updated_item);
    if (item) session.update((state) => ({ ...state, items: upsertItem(state.items, item) }));
  }

  private async load(session: ThreadSession, threadId: string, count: number, quiet = false): Promise<void> {
    const abort = new AbortController();
    this.loadAbort = abort;
    session.loading = !quiet;
    session.requestedId = threadId;
    this.host.emit('chatkit.thread.load.start', { threadId });
    this.host.changed();
    try {
      const loaded = await loadThread(this.client, threadId, count, abort.signal);
      session.older = { ...loaded.older, loading: false };
      session.update((state) => ({ ...state, thread: loaded.thread, items: loaded.items, failure: null }));
    } catch (error) {
      if (isAbort(error) || abort.signal.aborted) return;
      session.update((state) => ({ ...state, failure: { code: 'load', allowRetry: true } }));
      this.report(error);
      throw error;
    } finally {
      session.loading = false;
      if (this.loadAbort === abort) this.loadAbort = null;
      this.host.emit('chatkit.thread.load.end', { threadId });
      this.host.changed();
    }
  }

  private show(session: ThreadSession): void {
    if (this.session.busy) this.background.add(this.session);
    this.background.delete(session);
    this.session = session;
    this.host.changed();
  }

  private newSession(): ThreadSession {
    return new ThreadSession({
      client: () => this.client,
      clientTool: () => this.host.options().raw.onClientTool,
      emit: this.host.emit,
      changed: (session) => {
        if (!session.busy) this.background.delete(session);
        if (session === this.session) this.host.changed();
      },
      created: (session) => {
        if (session === this.session) this.host.emit('chatkit.thread.change', { threadId: session.id });
      },
    });
  }
}
