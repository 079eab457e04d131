import { ChatKitError } from '../errors/chatkit-error.js';
import { isHiddenItemType, serializeEvent, type Thread, type ThreadItem, type ThreadStreamEvent } from '../protocol/index.js';
import type { LocalRun } from '../runs/local-run.js';
import type { DisplayGate } from '../response/display-gate.js';
import type { ParsedReply, ResponseParser } from '../response/response-parser.js';
import type { OwnerScope, ThreadStore, ThreadUpdate, ThreadWrite } from '../store/index.js';
import { jsonEqual } from '../widgets/json-equal.js';
import { applyThreadUpdate } from './apply-thread-update.js';
import { checkItem } from './check-item.js';
import { failureGuard } from './failure-guard.js';
import { messageText } from './message-text.js';
import type { OpenItem } from './open-item.js';
import { PendingItems } from './pending-items.js';
import { finishMessage, holdBack } from './structured-text.js';
import type { TurnEvent } from './turn.js';

export interface TurnPipelineOptions {
  run: LocalRun;
  threads: Pick<ThreadStore, 'write' | 'getItem'>;
  scope: OwnerScope;
  thread: Thread;
  parser: ResponseParser;
  now: () => Date;
  /** A retry: what comes after this item goes when the first new item is stored, or when the turn completes. */
  removeAfter?: string | undefined;
  warn: (message: string) => void;
}

const RESOLVED = Promise.resolve();

/**
 * The one way from a responder to the client and the store: events in order, items stored before they are sent, unfinished ones tracked,
 * hidden ones swallowed. Serialises at once, because responders go on changing the objects they gave.
 */
export class TurnPipeline {
  readonly pending = new PendingItems();
  readonly gates = new Map<string, DisplayGate>();
  /** What this turn has said so far, by item id: the texts of finished messages, and what the user was asked. */
  readonly texts = new Map<string, string>();
  reply: ParsedReply | null = null;
  /** The item that shows {@link reply}. */
  replyItemId: string | null = null;
  /** A workflow that is being shown. */
  openItem: OpenItem | null = null;
  /** Ids of the visible items that this turn has announced, in order. */
  readonly shownIds = new Set<string>();
  /** Whether an item has been stored by this turn. */
  wroteItem = false;
  /** Whether this turn has changed the thread's items, or is about to: then they are no longer as they were read at its beginning. */
  changedItems = false;
  /** The same promise, which may be left unawaited. */
  readonly guard: <T>(result: Promise<T>) => Promise<T>;
  readonly #options: TurnPipelineOptions;
  readonly #hiddenIds = new Set<string>();
  /** Hidden items of a retry, stored while the old answer was still there: they would go with it. */
  readonly #early: ThreadItem[] = [];
  #thread: Thread;
  /** As the client knows it. */
  #announced: Thread;
  #removeAfter: string | undefined;
  #queue: Promise<void> = RESOLVED;
  #queued = 0;
  #closed = false;

  constructor(options: TurnPipelineOptions) {
    this.#options = options;
    this.guard = failureGuard(options.warn);
    this.#thread = options.thread;
    this.#announced = options.thread;
    this.#removeAfter = options.removeAfter;
  }

  get thread(): Thread {
    return this.#thread;
  }

  get parser(): ResponseParser {
    return this.#options.parser;
  }

  /** What a retry has yet to remove, and the items of its own to put back. */
  get removal(): { removeAfter: string; put: ThreadItem[] } | null {
    return this.#removeAfter === undefined ? null : { removeAfter: this.#removeAfter, put: this.#early };
  }

  now(): string {
    return this.#options.now().toISOString();
  }

  /** Events that need no store are through when this returns, if nothing is before them. */
  emit(event: TurnEvent): Promise<void> {
    if (this.#closed) return this.#refuse();
    if (this.#queued === 0 && this.#passesAtOnce(event)) {
      this.#pass(event);
      this.announceThread();
      return RESOLVED;
    }
    return this.#enqueue(() => this.#process(event));
  }

  /** Runs after all that was emitted before, before all that is emitted later. */
  enqueue(task: () => Promise<void> | void): Promise<void> {
    if (this.#closed) return this.#refuse();
    return this.#enqueue(async () => task());
  }

  /** Resolves when all that was emitted is through; throws what any of it threw. */
  async drain(): Promise<void> {
    while (this.#queued > 0) await this.#queue;
    await this.#queue;
  }

  /** Refuses everything from now on; resolves when what is under way has ended, whatever came of it. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.catch(() => undefined);
  }

  /** Straight to the readers: no store, no tracking. */
  send(event: ThreadStreamEvent): void {
    this.#options.run.push(serializeEvent(event));
  }

  /** Stores at once; the client is told after the next event, and at the end at the latest. */
  async updateThread(given: ThreadUpdate): Promise<void> {
    const change = structuredClone(given);
    await this.write({ update: change });
    this.#thread = applyThreadUpdate(this.#thread, change);
  }

  /** Tells the client of a change of the thread, if there was one. */
  announceThread(): void {
    if (this.#thread === this.#announced) return;
    const isSame = jsonEqual(this.#thread, this.#announced);
    this.#announced = this.#thread;
    if (!isSame) this.send({ type: 'thread.updated', thread: this.#thread });
  }

  /** One atomic change under the run's fence. Throws when the thread is gone or the run was taken over. */
  async write(change: Omit<ThreadWrite, 'threadId' | 'fence'>): Promise<void> {
    const { run, threads, scope } = this.#options;
    this.changedItems ||= change.put !== undefined || change.remove !== undefined || change.removeAfter !== undefined;
    const result = await threads.write(scope, { ...change, threadId: this.#thread.id, fence: run.lease.fence });
    if (result === 'written') return;
    if (result === 'stale_run') run.abort('lost');
    throw new ChatKitError({ code: 'not_found', message: 'This conversation no longer exists.', status: 404 });
  }

  /** Stores an item without sending anything. Throws a TypeError for one that no reader of the thread could make sense of. */
  async store(item: ThreadItem): Promise<void> {
    checkItem(item);
    const removeAfter = isHiddenItemType(item.type) ? undefined : this.#removeAfter;
    await this.write(removeAfter === undefined ? { put: [item] } : { removeAfter, put: [...this.#early, item] });
    if (removeAfter !== undefined) this.#removeAfter = undefined;
    else if (this.#removeAfter !== undefined) this.#early.push(item);
    this.wroteItem = true;
  }

  stamp(item: Extract<TurnEvent, { item: unknown }>['item']): ThreadItem {
    const given = item as Partial<Pick<ThreadItem, 'created_at'>>;
    const createdAt = given.created_at ?? this.pending.get(item.id)?.created_at ?? this.now();
    return { ...item, thread_id: this.#thread.id, created_at: createdAt };
  }

  #refuse(): Promise<never> {
    return this.guard(Promise.reject(new Error('This turn has ended: nothing more can be sent.')));
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queued++;
    const result = this.#queue.then(task).finally(() => {
      this.#queued--;
    });
    // The queue goes on after a failure; whoever emitted hears of it.
    this.#queue = result.catch(() => undefined);
    return this.guard(result);
  }

  /** True for what neither waits for a store nor may end another item. */
  #passesAtOnce(event: TurnEvent): boolean {
    switch (event.type) {
      case 'thread.item.added':
        return this.openItem === null || !this.#endsOpenItem(event.item);
      case 'thread.item.updated':
        // The end of a part whose text was held back may turn out to be a reply.
        return !(event.update.type === 'assistant_message.content_part.done' && this.gates.has(event.item_id));
      case 'thread.item.done':
      case 'thread.item.replaced':
      case 'thread.item.removed':
        return false;
      default:
        return true;
    }
  }

  async #process(event: TurnEvent): Promise<void> {
    if (this.#options.run.abortReason === 'lost') throw new Error('The run was taken over.');
    if (this.openItem && 'item' in event && event.type !== 'thread.item.replaced' && this.#endsOpenItem(event.item)) await this.closeOpenItem();
    switch (event.type) {
      case 'thread.item.done':
        await this.#finish(this.stamp(event.item));
        break;
      case 'thread.item.replaced': {
        const item = this.stamp(event.item);
        await this.store(item);
        this.#forget(item);
        if (!isHiddenItemType(item.type)) this.send({ type: 'thread.item.replaced', item });
        break;
      }
      case 'thread.item.removed':
        await this.#remove(event);
        break;
      default:
        this.#pass(event);
    }
    this.announceThread();
  }

  /** Events that touch no store. */
  #pass(event: Exclude<TurnEvent, { type: 'thread.item.done' | 'thread.item.replaced' | 'thread.item.removed' }> | TurnEvent): void {
    if (event.type === 'thread.item.added') {
      const item = this.stamp(event.item);
      if (isHiddenItemType(item.type)) this.#hiddenIds.add(item.id);
      else {
        this.pending.add(item);
        this.shownIds.add(item.id);
        this.send({ type: 'thread.item.added', item });
      }
    } else if (event.type === 'thread.item.updated') {
      if (this.#hiddenIds.has(event.item_id)) return;
      const shown = this.parser.hasTypes ? holdBack(this, event) : event;
      if (!shown) return;
      this.pending.update(shown.item_id, shown.update);
      this.send(shown);
    } else this.send(event as ThreadStreamEvent);
  }

  async #remove(event: Extract<TurnEvent, { type: 'thread.item.removed' }>): Promise<void> {
    const { threads, scope } = this.#options;
    const itemId = event.item_id;
    const known = this.shownIds.has(itemId) || this.#hiddenIds.has(itemId);
    const earlier = known ? null : await threads.getItem(scope, { threadId: this.#thread.id, itemId });
    await this.write({ remove: [itemId] });
    this.pending.delete(itemId);
    this.gates.delete(itemId);
    this.texts.delete(itemId);
    if (this.replyItemId === itemId) this.reply = this.replyItemId = null;
    if (!this.#hiddenIds.has(itemId) && !(earlier && isHiddenItemType(earlier.type))) this.send(event);
  }

  async #finish(item: ThreadItem): Promise<void> {
    if (item.type !== 'assistant_message') return this.complete(item);
    const finished = this.parser.hasTypes ? await finishMessage(this, item) : item;
    if (finished) await this.complete(finished);
  }

  /** Stores a finished item, then sends it. */
  async complete(item: ThreadItem): Promise<void> {
    await this.store(item);
    this.#forget(item);
    if (item.type === 'assistant_message') this.texts.set(item.id, messageText(item));
    if (isHiddenItemType(item.type)) return;
    this.shownIds.add(item.id);
    this.send({ type: 'thread.item.done', item });
  }

  /** For use within {@link enqueue}: stores the workflow that is being shown as it is so far. */
  async storeOpenItem(): Promise<void> {
    const item = this.openItem?.current?.() ?? null;
    if (item) await this.store(this.stamp(item));
  }

  /** For use within {@link enqueue}: finishes the workflow that is being shown. */
  async closeOpenItem(): Promise<void> {
    const item = this.openItem?.close() ?? null;
    this.openItem = null;
    if (item) await this.complete(this.stamp(item));
  }

  #forget(item: ThreadItem): void {
    if (isHiddenItemType(item.type)) this.#hiddenIds.add(item.id);
    this.pending.delete(item.id);
    this.gates.delete(item.id);
  }

  #endsOpenItem(item: { id: string; type: string }): boolean {
    return this.openItem !== null && this.openItem.itemId !== item.id && item.type !== 'client_tool_call' && !isHiddenItemType(item.type) && this.openItem.keeps?.(item) !== true;
  }
}
