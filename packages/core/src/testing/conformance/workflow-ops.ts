import type { Turn } from '../../app-types.js';
import type { WorkflowHandle } from '../../engine/turn.js';
import { isJson, type Json } from './vector.js';

type Task = Parameters<WorkflowHandle['addTask']>[0];

/** `workflow` ops: starts, fills and ends the workflows of one turn. */
export function createWorkflowOps(turn: Turn): (change: Json) => Promise<void> {
  let open: { handle: WorkflowHandle; tasks: ReturnType<WorkflowHandle['addTask']>[] } | null = null;

  const start = (options: Json = {}): NonNullable<typeof open> => {
    const summary = isJson(options['summary']) ? options['summary'] : {};
    const { title, icon } = summary as { title?: string; icon?: Parameters<Turn['startWorkflow']>[0] extends { icon?: infer I } | undefined ? I : never };
    const type = options['type'] === 'reasoning' ? 'reasoning' : 'custom';
    const handle = turn.startWorkflow({ type, ...(title === undefined ? {} : { title }), ...(icon === undefined ? {} : { icon }) });
    open = { handle, tasks: [] };
    for (const task of (options['tasks'] ?? []) as Task[]) open.tasks.push(handle.addTask(task));
    return open;
  };

  return async (change) => {
    if ('start' in change) start(isJson(change['start']) ? change['start'] : {});
    else if ('add_task' in change) {
      const { handle, tasks } = open ?? start();
      tasks.push(handle.addTask(change['add_task'] as Task));
    } else if ('update_task' in change) {
      const task = open?.tasks[Number(change['index'])];
      if (!task) throw new Error('there is no such task');
      task.update(change['update_task'] as Task);
    } else if (!('end' in change)) throw new Error(`unknown workflow op ${JSON.stringify(change).slice(0, 80)}`);
    else {
      const { summary, expanded } = (isJson(change['end']) ? change['end'] : {}) as Parameters<WorkflowHandle['end']>[0] & object;
      await open?.handle.end({ ...(summary ? { summary } : {}), expanded: expanded ?? false });
      open = null;
    }
  };
}
