import type { AgentInputItem, Session } from '@openai/agents';
import type { Turn } from '../app-types.js';
import type { Item, ThreadItem } from '../protocol/index.js';
import { readPages } from '../store/index.js';
import { afterModel } from './model-outlet.js';
import { internalsOf } from './turn-access.js';

const KIND = 'agent_history';
const PAGE = 100;

/** What one hidden item of the thread holds of the history. */
interface HistoryRecord {
  kind: typeof KIND;
  items: AgentInputItem[];
  /** Nothing before this record counts any more. */
  replaces?: boolean;
}

type HistoryItem = Item<'hidden_context_item'> & { content: HistoryRecord };

/**
 * The Agents SDK's memory of a conversation, kept in the thread: `run(agent, turn.userText, { session: new AgentHistorySession(turn), stream: true,
 * context: turn })`. It holds what the SDK gives it, tool calls and all, as hidden items, so it lives and goes with the thread, and a retry
 * takes back what the answer before had added.
 *
 * In a turn that uses it `turn.modelInput()` (and so `agentInput`) refuses, and the other way round: the model would get everything twice.
 * A tool of the page has its real output in the history as soon as the page has answered; go on with `run(agent, [], { session })` then.
 */
export class AgentHistorySession implements Session {
  readonly #turn: Turn;
  /** Of a retry: not written before the old answer is gone, since it would go with it. */
  #unwritten: AgentInputItem[] = [];
  #oldAnswer: Promise<string | null> | null = null;

  constructor(turn: Turn) {
    const internals = internalsOf(turn);
    if (internals.usedModelInput) throw new Error('turn.modelInput() was used in this turn: with a session the model would get the history twice.');
    internals.usedSession = true;
    this.#turn = turn;
  }

  async getSessionId(): Promise<string> {
    return this.#turn.thread.id;
  }

  async getItems(limit?: number): Promise<AgentInputItem[]> {
    if (limit !== undefined && limit <= 0) return [];
    const newestFirst: AgentInputItem[][] = [this.#unwritten];
    const outputs = new Map<string, unknown>();
    let count = this.#unwritten.length;
    for await (const item of this.#threadItems()) {
      if (item.type === 'client_tool_call' && item.status === 'completed') outputs.set(item.call_id, item.output);
      if (!isHistory(item)) continue;
      newestFirst.push(item.content.items);
      count += item.content.items.length;
      if (item.content.replaces || (limit !== undefined && count >= limit)) break;
    }
    const items = newestFirst.reverse().flat().map((item) => withClientOutput(item, outputs));
    return limit === undefined ? items : items.slice(-limit);
  }

  async addItems(items: AgentInputItem[]): Promise<void> {
    if (items.length === 0) return;
    this.#unwritten.push(...items);
    if (!(await this.#oldAnswerIsGone())) return;
    const unwritten = this.#unwritten;
    this.#unwritten = [];
    await this.#write({ kind: KIND, items: unwritten });
  }

  async popItem(): Promise<AgentInputItem | undefined> {
    if (this.#unwritten.length > 0) return this.#unwritten.pop();
    for await (const item of this.#threadItems()) {
      if (!isHistory(item)) continue;
      const rest = item.content.items.slice(0, -1);
      const popped = item.content.items.at(-1);
      if (popped === undefined) {
        if (item.content.replaces) return undefined;
        continue;
      }
      if (rest.length > 0 || item.content.replaces) {
        await this.#turn.emit({ type: 'thread.item.replaced', item: { ...item, content: { ...item.content, items: rest } } });
      } else await this.#turn.emit({ type: 'thread.item.removed', item_id: item.id });
      return popped;
    }
    return undefined;
  }

  async clearSession(): Promise<void> {
    this.#unwritten = [];
    await this.#remove(await this.#recordIds());
  }

  /** One write makes the new history count; the old one goes after it, so that nothing is lost in between. */
  async replaceHistoryWithCompaction(items: AgentInputItem[]): Promise<void> {
    const old = await this.#recordIds();
    this.#unwritten = [];
    await this.#write({ kind: KIND, items, replaces: true });
    await this.#remove(old);
  }

  async #write(content: HistoryRecord): Promise<void> {
    await this.#turn.emit({ type: 'thread.item.done', item: { type: 'hidden_context_item', id: this.#turn.newId('message'), content } });
  }

  async #remove(ids: string[]): Promise<void> {
    for (const id of ids) await this.#turn.emit({ type: 'thread.item.removed', item_id: id });
  }

  async #recordIds(): Promise<string[]> {
    const ids: string[] = [];
    for await (const item of this.#threadItems()) if (isHistory(item)) ids.push(item.id);
    return ids;
  }

  /** The thread, newest first; of a retry without the answer that is being replaced. */
  async *#threadItems(): AsyncGenerator<ThreadItem> {
    const retried = (await this.#oldAnswerIsGone()) ? null : (this.#turn.message?.id ?? null);
    let skipping = retried !== null;
    for await (const items of this.#newestFirst()) {
      for (const item of items) {
        if (item.id === retried) skipping = false;
        if (!skipping) yield item;
      }
    }
  }

  /** False: a retry whose new answer has not begun to replace the old one. */
  async #oldAnswerIsGone(): Promise<boolean> {
    const { trigger, message } = this.#turn;
    if (trigger.type !== 'retry' || !message) return true;
    this.#oldAnswer ??= this.#newestId().then((id) => (id === message.id ? null : id));
    const old = await this.#oldAnswer;
    if (old === null) return true;
    await afterModel(this.#turn);
    for await (const items of this.#newestFirst()) {
      for (const item of items) {
        if (item.id === old) return false;
        if (item.id === message.id) {
          this.#oldAnswer = Promise.resolve(null);
          return true;
        }
      }
    }
    return true;
  }

  #newestFirst(): AsyncGenerator<ThreadItem[], void, undefined> {
    return readPages((after) => this.#turn.items({ limit: PAGE, order: 'desc', after }));
  }

  async #newestId(): Promise<string | null> {
    return (await this.#turn.items({ limit: 1, order: 'desc' })).data[0]?.id ?? null;
  }
}

function isHistory(item: ThreadItem): item is HistoryItem {
  return item.type === 'hidden_context_item' && typeof item.content === 'object' && item.content !== null && 'kind' in item.content && item.content.kind === KIND;
}

/** The SDK took the return value of the tool that asked the page for the result; the page's answer is the result. */
function withClientOutput(item: AgentInputItem, outputs: ReadonlyMap<string, unknown>): AgentInputItem {
  if (!('type' in item) || item.type !== 'function_call_result' || !outputs.has(item.callId)) return item;
  return { ...item, output: JSON.stringify(outputs.get(item.callId) ?? null) };
}
