import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import type { TurnInternals } from '../engine/turn-internals.js';
import type { Item, Task } from '../protocol/index.js';
import { NO_EVENTS } from './assistant-message.js';

type WorkflowItem = Item<'workflow'>;

/**
 * The model's thoughts, shown as tasks of one workflow. The first thought is streamed, later ones appear when they are complete. The engine
 * finishes the workflow when another item is shown, or with the turn.
 */
export class ReasoningWorkflow {
  readonly #turn: Turn;
  readonly #internals: TurnInternals;
  readonly #keeps: (item: { id: string }) => boolean;
  #item: WorkflowItem | null = null;
  #streaming: { itemId: string; summaryIndex: number; index: number } | null = null;

  /** `keeps`: items that may be shown without ending the workflow. */
  constructor(turn: Turn, internals: TurnInternals, keeps: (item: { id: string }) => boolean) {
    this.#turn = turn;
    this.#internals = internals;
    this.#keeps = keeps;
  }

  /** Goes on with the workflow that the turn before left open for this one. */
  async continueStored(): Promise<void> {
    const { type } = this.#turn.trigger;
    // After a new message of the user that message is the newest item, so there is nothing to look for.
    if (type !== 'client_tool_output' && type !== 'action') return;
    const [newest, second] = (await this.#turn.items({ limit: 2, order: 'desc' })).data;
    const item = newest?.type === 'client_tool_call' ? second : newest;
    if (item?.type === 'workflow' && !this.#internals.openItem) this.#open(structuredClone(item));
  }

  /** The model begins to think. */
  begin(): TurnEvent[] {
    if (this.#internals.openItem) return NO_EVENTS;
    const item: WorkflowItem = {
      type: 'workflow', id: this.#turn.newId('workflow'), thread_id: this.#turn.thread.id, created_at: this.#internals.now(),
      workflow: { type: 'reasoning', tasks: [], expanded: false },
    };
    this.#open(item);
    return [{ type: 'thread.item.added', item: structuredClone(item) }];
  }

  addText(thought: { itemId: string; summaryIndex: number; delta: string }): TurnEvent[] {
    const item = this.#item;
    if (item?.workflow.type !== 'reasoning') return NO_EVENTS;
    if (item.workflow.tasks.length === 0) {
      this.#streaming = { itemId: thought.itemId, summaryIndex: thought.summaryIndex, index: 0 };
      return this.#add({ type: 'thought', content: thought.delta });
    }
    const task = this.#streamingTask(thought);
    return task ? this.#update({ ...task, content: task.content + thought.delta }) : NO_EVENTS;
  }

  endText(thought: { itemId: string; summaryIndex: number; text: string }): TurnEvent[] {
    const task = this.#streamingTask(thought);
    if (task) {
      const events = this.#update({ ...task, content: thought.text });
      this.#streaming = null;
      return events;
    }
    return this.addThought(thought.text);
  }

  /** A complete thought. */
  addThought(text: string): TurnEvent[] {
    if (text === '') return NO_EVENTS;
    const task: Task = { type: 'thought', content: text };
    if (this.#item) return this.#add(task);
    this.#internals.openItem?.addTask?.(task);
    return NO_EVENTS;
  }

  /** The run ended with a question to the client: the workflow waits for the turn that answers it. */
  async leaveOpen(): Promise<void> {
    const item = this.#item;
    if (!item) return;
    const [newest] = (await this.#turn.items({ limit: 1, order: 'desc' })).data;
    if (newest?.type !== 'client_tool_call' || newest.status !== 'pending') return;
    this.#item = null;
    this.#internals.openItem = null;
    await this.#internals.storeSilently(item);
  }

  #open(item: WorkflowItem): void {
    this.#item = item;
    this.#streaming = null;
    this.#internals.openItem = {
      itemId: item.id,
      close: () => this.#close(),
      addTask: (task) => {
        // Refused only when the turn has ended, and then there is nobody to show it to.
        for (const event of this.#add(task)) void this.#turn.emit(event).catch(() => undefined);
      },
      keeps: this.#keeps,
    };
  }

  #close(): WorkflowItem | null {
    const item = this.#item;
    this.#item = null;
    this.#streaming = null;
    if (!item) return null;
    const seconds = Math.max(0, Math.round((Date.parse(this.#internals.now()) - Date.parse(item.created_at)) / 1000));
    item.workflow.summary ??= { duration: seconds };
    item.workflow.expanded = false;
    return item;
  }

  #add(task: Task): TurnEvent[] {
    const item = this.#item;
    if (!item) return NO_EVENTS;
    const index = item.workflow.tasks.push(task) - 1;
    return [{ type: 'thread.item.updated', item_id: item.id, update: { type: 'workflow.task.added', task_index: index, task: { ...task } } }];
  }

  #update(task: Task): TurnEvent[] {
    const [item, streaming] = [this.#item, this.#streaming];
    if (!item || !streaming) return NO_EVENTS;
    item.workflow.tasks[streaming.index] = task;
    return [{ type: 'thread.item.updated', item_id: item.id, update: { type: 'workflow.task.updated', task_index: streaming.index, task: { ...task } } }];
  }

  #streamingTask(thought: { itemId: string; summaryIndex: number }): Extract<Task, { type: 'thought' }> | null {
    const streaming = this.#streaming;
    if (streaming?.itemId !== thought.itemId || streaming.summaryIndex !== thought.summaryIndex) return null;
    const task = this.#item?.workflow.tasks[streaming.index];
    return task?.type === 'thought' ? task : null;
  }
}
