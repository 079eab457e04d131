import type { Item, Task } from '../protocol/index.js';
import { newId } from '../store/index.js';
import type { OpenItem } from './open-item.js';
import type { TurnPipeline } from './turn-pipeline.js';
import type { NewItem, TurnEvent, TurnHandle, WorkflowHandle } from './turn.js';

type WorkflowOptions = NonNullable<Parameters<TurnHandle<unknown, never>['startWorkflow']>[0]>;

/**
 * Opens a workflow. A custom one is announced with its first task, since without tasks there is nothing to show. One that is open already
 * ends first.
 */
export function startWorkflow(
  pipeline: TurnPipeline, options: WorkflowOptions, { send, onFailure }: { send: (event: TurnEvent) => void; onFailure: (error: unknown) => void },
): WorkflowHandle {
  const itemId = newId('workflow');
  const startedAt = Date.parse(pipeline.now());
  const createdAt = pipeline.now();
  const workflow: Item<'workflow'>['workflow'] = {
    type: options.type ?? 'custom',
    tasks: [],
    expanded: false,
    ...(options.title === undefined ? {} : { summary: { title: options.title, ...(options.icon === undefined ? {} : { icon: options.icon }) } }),
  };
  let announced = false;
  let open = true;

  const current = (): Item<'workflow'> => ({ type: 'workflow', id: itemId, thread_id: pipeline.thread.id, created_at: createdAt, workflow: structuredClone(workflow) });
  const announce = (): void => {
    announced = true;
    send({ type: 'thread.item.added', item: current() });
  };
  const close = (summary = workflow.summary, expanded = false): NewItem | null => {
    if (!open) return null;
    open = false;
    if (!announced && workflow.tasks.length === 0) return null;
    workflow.summary = summary ?? { duration: Math.max(0, Math.floor((Date.parse(pipeline.now()) - startedAt) / 1000)) };
    workflow.expanded = expanded;
    return current();
  };

  const previous = pipeline.openItem;
  if (previous) {
    pipeline.enqueue(async () => {
      const item = previous.close();
      if (item) await pipeline.complete(pipeline.stamp(item));
    }).catch(onFailure);
  }
  const addTask = (task: Task): { update: (task: Task) => void } => {
    if (!open) throw new Error('This workflow has ended.');
    const index = workflow.tasks.push(task) - 1;
    if (!announced) announce();
    else send({ type: 'thread.item.updated', item_id: itemId, update: { type: 'workflow.task.added', task_index: index, task: structuredClone(task) } });
    return {
      update: (changed) => {
        if (!open) return;
        workflow.tasks[index] = changed;
        send({ type: 'thread.item.updated', item_id: itemId, update: { type: 'workflow.task.updated', task_index: index, task: structuredClone(changed) } });
      },
    };
  };
  const openItem: OpenItem = { itemId, close: () => close(), current: () => (announced && open ? current() : null), addTask: (task) => void addTask(task) };
  pipeline.openItem = openItem;
  if (workflow.type === 'reasoning') announce();
  const end: WorkflowHandle['end'] = ({ summary, expanded } = {}) =>
    pipeline.enqueue(async () => {
      if (pipeline.openItem === openItem) pipeline.openItem = null;
      const item = close(summary ?? workflow.summary, expanded ?? false);
      if (item) await pipeline.complete(pipeline.stamp(item));
    });
  return { itemId, addTask, end, [Symbol.asyncDispose]: () => end() };
}
