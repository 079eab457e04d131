import type { Turn } from '../app-types.js';
import type { TurnEvent } from '../engine/turn.js';
import type { TurnInternals } from '../engine/turn-internals.js';
import type { Item, Task } from '../protocol/index.js';
import { NO_EVENTS } from './assistant-message.js';

type WorkflowItem = Item<'workflow'>;

export interface ReasoningWorkflowOptions {
  turn: Turn;
  internals: TurnInternals;
  /** Items that may be shown without ending the workflow. */
  keeps: (item: { id: string }) => boolean;
  /** Resolves when all events so far have arrived. */
  settle: () => Promise<void>;
  /** Stream every thought, not only the first one of a workflow. */
  streamAll: boolean;
}

/**
 * The model's thoughts, shown as tasks of one workflow. The first thought is streamed, later ones appear when they are complete, unless all are
 * to be streamed. The engine finishes the workflow when another item is shown, or with the turn.
 */
export class ReasoningWorkflow {
  readonly #turn: Turn;
  readonly #internals: TurnInternals;
  readonly #options: ReasoningWorkflowOptions;
  /** What the app had open before the run. */
  readonly #before: TurnInternals['openItem'];
  #item: WorkflowItem | null = null;
  #streaming: { itemId: string; summaryIndex: number; index: number } | null = null;

  constructor(options: ReasoningWorkflowOptions) {
    this.#turn = options.turn;
    this.#internals = options.internals;
    this.#options = options;
    this.#before = options.internals.openItem;
  }

  /** Goes on with the workflow that the turn before left open for this one. */
  async continueStored(): Promise<void> {
    const { type } = this.#turn.trigger;
    // After a new message of the user that message is the newest item, so there is nothing to look for.
    if (type !== 'client_tool_output' && type !== 'action') return;
    const [newest, second] = (await this.#turn.items({ limit: 2, order: 'desc' })).data;
    const item = newest?.type === 'client_tool_call' ? second : newest;
    if (item?.type === 'workflow' && !this.#internals.openItem) this.#open(structuredClone(item), { announced: true });
  }

  /** The model begins to think. */
  async begin(): Promise<TurnEvent[]> {
    if (this.#item) return NO_EVENTS;
    // A workflow of the app may be about to end by what is still on its way.
    if (this.#internals.openItem) await this.#options.settle();
    if (this.#internals.openItem) return NO_EVENTS;
    const item: WorkflowItem = {
      type: 'workflow', id: this.#turn.newId('workflow'), thread_id: this.#turn.thread.id, created_at: this.#internals.now(),
      workflow: { type: 'reasoning', tasks: [], expanded: false },
    };
    this.#open(item, { announced: false });
    return [{ type: 'thread.item.added', item: structuredClone(item) }];
  }

  addText(thought: { itemId: string; summaryIndex: number; delta: string }): TurnEvent[] {
    const item = this.#item;
    if (item?.workflow.type !== 'reasoning') return NO_EVENTS;
    const task = this.#streamingTask(thought);
    if (task) return this.#update({ ...task, content: task.content + thought.delta });
    const index = item.workflow.tasks.length;
    if (index > 0 && !this.#options.streamAll) return NO_EVENTS;
    this.#streaming = { itemId: thought.itemId, summaryIndex: thought.summaryIndex, index };
    return this.#add({ type: 'thought', content: thought.delta });
  }

  endText(thought: { itemId: string; summaryIndex: number; text: string }): TurnEvent[] | Promise<TurnEvent[]> {
    const task = this.#streamingTask(thought);
    if (!task) return this.addThought(thought.text);
    const events = this.#update({ ...task, content: thought.text });
    this.#streaming = null;
    return events;
  }

  /** A complete thought. */
  addThought(text: string): TurnEvent[] | Promise<TurnEvent[]> {
    if (text === '') return NO_EVENTS;
    const task: Task = { type: 'thought', content: text };
    return this.#item ? this.#add(task) : this.#addToOther(task);
  }

  /** Ends it, because a message begins. */
  end(): TurnEvent[] {
    const item = this.#close();
    if (!item) return NO_EVENTS;
    this.#internals.openItem = null;
    return [{ type: 'thread.item.done', item }];
  }

  /**
   * The run is over without anything that would have ended the workflow, its own or a tool's: it is kept as it is, and the next turn may go on
   * with it.
   */
  async leaveOpen(): Promise<void> {
    const { openItem } = this.#internals;
    if (!openItem || openItem === this.#before) return;
    const item = openItem.current?.();
    if (item?.type !== 'workflow') return;
    this.#item = null;
    this.#internals.openItem = null;
    await this.#internals.storeSilently({ thread_id: this.#turn.thread.id, created_at: this.#internals.now(), ...item });
  }

  #open(item: WorkflowItem, { announced }: { announced: boolean }): void {
    this.#item = item;
    this.#streaming = null;
    this.#internals.openItem = {
      itemId: item.id,
      close: () => this.#close(),
      current: () => structuredClone(item),
      addTask: (task) => {
        // Refused only when the turn has ended, and then there is nobody to show it to.
        for (const event of this.#add(task)) void this.#turn.emit(event).catch(() => undefined);
      },
      // What was sent before it can't end it, even if that arrives only now.
      keeps: (other) => !(announced || this.#internals.shownIds.has(item.id)) || this.#options.keeps(other),
    };
  }

  /** To the workflow that the app has opened; where none is open thoughts are not shown. */
  async #addToOther(task: Task): Promise<TurnEvent[]> {
    await this.#options.settle();
    this.#internals.openItem?.addTask?.(task);
    return NO_EVENTS;
  }

  #close(): WorkflowItem | null {
    const item = this.#item;
    this.#item = null;
    this.#streaming = null;
    if (!item) return null;
    const seconds = Math.max(0, Math.floor((Date.parse(this.#internals.now()) - Date.parse(item.created_at)) / 1000));
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
