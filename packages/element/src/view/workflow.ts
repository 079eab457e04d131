import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import type { Translate } from '../locales/translate.js';
import { markdown } from '../markdown/markdown.js';
import { safeLink } from '../markdown/safe-link.js';
import { listOf } from '../protocol/json.js';
import type { FileSource, Task, UrlSource, WorkflowItem, WorkflowSummary } from '../protocol/item.js';
import { sourceLabel } from './citations.js';
import type { ViewContext } from './view-context.js';

/** The steps behind an answer: a line that opens to show them. */
export function renderWorkflow(item: WorkflowItem, view: ViewContext, finished: boolean): unknown {
  const { workflow } = item;
  const running = !finished && view.session.busy;
  const open = view.ui.isOpen(item.id, 'workflow', workflow.expanded === true || (running && workflow.type === 'custom'));
  const last = workflow.tasks.at(-1);
  // Open, the list below says the step itself.
  const step = open ? undefined : taskTitle(last, view.t);
  const title = running && !workflow.summary ? (step ?? view.t(workflow.type === 'reasoning' ? 'thinking' : 'working')) : summaryTitle(workflow.summary, workflow.type, view.t);
  const hasTasks = workflow.tasks.length > 0;
  const content = html`${workflow.summary?.icon ? icon(workflow.summary.icon) : nothing}<span class=${running ? 'shimmer' : ''} dir="auto">${title}</span>`;
  return html`<div class="workflow">
    ${
      hasTasks
        ? html`<button type="button" class="workflow-summary" aria-expanded=${String(open)} @click=${() => view.ui.setOpen(item.id, 'workflow', !open)}>
            ${content}<span class="chevron ${open ? 'open' : ''}">${icon('chevron-down')}</span>
          </button>`
        : html`<div class="workflow-summary">${content}</div>`
    }
    ${open && hasTasks ? html`<ol class="tasks">${workflow.tasks.map((task, index) => html`<li>${renderTask(task, view, running && index === workflow.tasks.length - 1)}</li>`)}</ol>` : nothing}
  </div>`;
}

function summaryTitle(summary: WorkflowSummary | undefined, type: 'custom' | 'reasoning', t: Translate): string {
  if (summary?.title) return summary.title;
  if (typeof summary?.duration === 'number') {
    const { duration } = summary;
    const spoken = duration < 60 ? t('seconds', { count: Math.max(1, Math.round(duration)) }) : t('minutes', { count: Math.round(duration / 60) });
    return type === 'reasoning' ? t('thoughtFor', { duration: spoken }) : `${t('done')} · ${spoken}`;
  }
  return t(type === 'reasoning' ? 'thinking' : 'done');
}

function taskTitle(task: Task | undefined, t: Translate): string | undefined {
  if (!task) return undefined;
  if (task.title) return task.title;
  switch (task.type) {
    case 'web_search':
      return task.title_query ?? t('searchedWeb');
    case 'file':
      return t('readFiles');
    case 'image':
      return t('creatingImage');
    case 'thought':
      return undefined;
    case 'custom':
      return undefined;
    default:
      task satisfies never;
      return undefined;
  }
}

const taskIcons: Record<Task['type'], string> = {
  custom: 'dot',
  web_search: 'globe',
  thought: 'lightbulb',
  file: 'file',
  image: 'image',
};

/** One step: its state, its title and what it found. */
export function renderTask(task: Task, view: ViewContext, running: boolean): unknown {
  const indicator = task.status_indicator;
  const mark =
    indicator === 'loading'
      ? html`<span class="spinner">${icon('spinner')}</span>`
      : icon(indicator === 'complete' ? 'check-circle' : ((task.type === 'custom' ? task.icon : undefined) ?? taskIcons[task.type] ?? 'dot'));
  const title = taskTitle(task, view.t);
  return html`<div class="task">
    <span class="task-mark">${mark}</span>
    <div class="task-body">
      ${title ? html`<div class="task-title" dir="auto">${title}</div>` : nothing}
      ${task.type === 'thought' || task.type === 'custom' ? taskText(task.content, view, running) : nothing}
      ${task.type === 'web_search' ? searchDetails(listOf<string>(task.queries), listOf<UrlSource>(task.sources)) : nothing}
      ${task.type === 'file' ? fileDetails(listOf<FileSource>(task.sources)) : nothing}
    </div>
  </div>`;
}

function taskText(content: string | undefined, view: ViewContext, running: boolean): unknown {
  return content ? html`<div class="prose task-text" dir="auto">${markdown(content, !running, view.markdown, view.imagePolicyKey)}</div>` : nothing;
}

function searchDetails(queries: readonly string[], sources: readonly UrlSource[]): unknown {
  return html`${
    queries.length > 0 ? html`<ul class="chips">${queries.map((query) => html`<li class="chip">${icon('search')}<span dir="auto">${query}</span></li>`)}</ul>` : nothing
  }${
    sources.length > 0
      ? html`<ul class="chips">
          ${sources.map((source) => {
            const address = safeLink(source.url);
            return html`<li>
              ${address ? html`<a class="chip" href=${address} title=${source.title} target="_blank" rel="noopener noreferrer">${sourceLabel(source)}</a>` : html`<span class="chip">${sourceLabel(source)}</span>`}
            </li>`;
          })}
        </ul>`
      : nothing
  }`;
}

function fileDetails(sources: readonly FileSource[]): unknown {
  return sources.length > 0 ? html`<ul class="chips">${sources.map((source) => html`<li class="chip">${icon('file')}<span dir="auto">${sourceLabel(source)}</span></li>`)}</ul>` : nothing;
}
