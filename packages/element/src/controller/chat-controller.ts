import { ChatKitClient } from '../api/chatkit-client.js';
import type { CustomAction, StructuredInputSubmission, UserMessageInput } from '../api/operations.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Attachment, UserMessageContent, UserMessageItem } from '../protocol/item.js';
import { indexOfItem, prependItems, upsertItem, userMessageBefore } from '../state/item-list.js';
import { normalizeItem } from '../state/normalize-item.js';
import { toError } from './events.js';
import type { Emit } from './events.js';
import { giveFeedback } from './give-feedback.js';
import type { FeedbackKind } from './give-feedback.js';
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
  /** The server won't have this message: back to where it was written. */
  messageReturned: (message: OutgoingMessage) => void;
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
      fetch: api.fetch ?? globalThis.fetch,
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
    const hadThread = this.session.id !== null || this.session.requestedId !== null;
    this.show(this.newSession());
    if (hadThread) this.host.emit('chatkit.thread.change', { threadId: null });
    this.host.threadShown();
  }

  async send(message: OutgoingMessage): Promise<void> {
    const { session } = this;
    const unsent = session.state.outgoing;
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
    // One that never got through makes room for this one, but isn't lost.
    if (unsent) this.host.messageReturned({ content: unsent.content, attachments: unsent.attachments, quote: unsent.quoted_text });
    await done;
    const { failure } = session.state;
    if (!session.state.outgoing || !failure) return;
    // Nobody can try again what is final, or what stands in a thread that was left.
    if (failure.allowRetry && session === this.session) return;
    session.update((state) => ({ ...state, outgoing: null }));
    this.host.messageReturned(message);
  }

  /**
   * Answers again. Below a response: from its user message. After a failure: by sending again what the server has
   * not taken; else from the last user message, unless that would undo more than the failed request did.
   */
  async retry(itemId?: string): Promise<void> {
    const { session } = this;
    if (session.busy) return;
    const { items, outgoing } = session.state;
    const { lastRequest } = session;
    if (itemId === undefined) {
      if (lastRequest && (outgoing || !session.accepted)) return session.respond(lastRequest, outgoing);
      // Cut off in the middle, an answer to a form or an action may well be complete on the server.
      if (!session.errorReported && !isAnsweredMessage(lastRequest)) return this.refresh();
    }
    const from = itemId === undefined ? items.length - 1 : indexOfItem(items, itemId);
    const userMessageId = userMessageBefore(items, from);
    const threadId = session.id;
    if (!userMessageId || !threadId) return;
    await session.respond({ type: 'threads.retry_after_item', params: { thread_id: threadId, item_id: userMessageId } });
  }

  /** Shows a response to the shown thread that was begun elsewhere. */
  async follow(response: Response, onStop: () => void): Promise<void> {
    await this.session.followResponse(response, onStop);
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

  /** `changed` is called when another choice is to be shown: at once, and again when the server refuses it. */
  async giveFeedback(itemIds: string[], kind: FeedbackKind, changed: () => void): Promise<void> {
    const { session } = this;
    if (!session.id) return;
    await giveFeedback({ client: this.client, given: session.feedback, threadId: session.id, changed }, itemIds, kind).catch((error: unknown) => this.report(error));
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

  /** The element is back: what it missed is read again. */
  attach(): void {
    const { session } = this;
    if (!session.interrupted) return;
    session.interrupted = false;
    void session.finished.then(async () => {
      if (session !== this.session) return;
      if (session.id) return this.refresh();
      if (session.requestedId === null) return;
      await this.load(session, session.requestedId, pageSize);
      this.host.threadShown();
    }).catch(() => undefined);
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

/** Whether a request is answered with nothing but what follows a user message. */
function isAnsweredMessage(request: StreamRequest | null): boolean {
  return request !== null && ['threads.create', 'threads.add_user_message', 'threads.retry_after_item'].includes(request.type);
}
