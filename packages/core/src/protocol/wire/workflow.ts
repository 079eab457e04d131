import type { Task, Workflow, WorkflowSummary } from '../workflow.js';
import { sourceToWire } from './content.js';
import { listOf } from './list-of.js';

/** An absent task, or an absent workflow, was stored by somebody who checks nothing: it reads as an empty one. */
export function taskToWire(task: Task | undefined): object {
  if (!task) return { type: 'custom', status_indicator: 'none' };
  const base = {
    type: task.type,
    status_indicator: task.status_indicator ?? 'none',
    title: task.title ?? undefined,
  };
  switch (task.type) {
    case 'custom':
      return { ...base, icon: task.icon ?? undefined, content: task.content ?? undefined };
    case 'web_search':
      return {
        ...base,
        title_query: task.title_query ?? undefined,
        queries: task.queries ?? [],
        sources: (task.sources ?? []).map(sourceToWire),
      };
    case 'thought':
      return { ...base, content: task.content };
    case 'file':
      return { ...base, sources: (task.sources ?? []).map(sourceToWire) };
    case 'image':
      return base;
  }
}

function summaryToWire(summary: WorkflowSummary): object {
  return 'duration' in summary
    ? { duration: summary.duration }
    : { title: summary.title, icon: summary.icon ?? undefined };
}

export function workflowToWire(workflow: Partial<Workflow> | undefined): object {
  return {
    type: workflow?.type ?? 'custom',
    tasks: listOf(workflow?.tasks).map(taskToWire),
    summary: workflow?.summary ? summaryToWire(workflow.summary) : undefined,
    expanded: workflow?.expanded ?? false,
  };
}
