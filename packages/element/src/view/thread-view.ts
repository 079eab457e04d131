import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ThreadItem } from '../protocol/item.js';
import type { ItemChunk } from './item-chunks.js';
import { renderResponseActions } from './response-actions.js';
import { responseGroups } from './response-groups.js';
import type { ResponseGroup } from './response-groups.js';
import { renderFailure, renderNotices, renderProgress } from './stream-status.js';
import { renderItemContent } from './thread-item.js';
import type { ViewContext } from './view-context.js';

/** Boxes without any of the newest items are left unrendered by the browser until they come near the screen. */
const alwaysRendered = 20;

const dependsOnBusy: ReadonlySet<string> = new Set(['structured_input', 'workflow', 'generated_image', 'task', 'client_tool_call']);

/** The conversation: a log of articles, then what the running response says about itself. */
export function renderThread(view: ViewContext): unknown {
  const { session, t } = view;
  const { state } = session;
  const items: readonly ThreadItem[] = state.outgoing ? [...state.items, state.outgoing] : state.items;
  const groups = responseGroups(items);
  const newest = new Set(items.slice(-alwaysRendered).map((item) => item.id));
  const isOld = ({ items: own }: ItemChunk): boolean => own.every((item) => view.settled.has(item.id) && !newest.has(item.id));
  return html`
    ${session.older.loading || session.older.hasMore ? html`<div class="older" role="status">${session.older.loading ? t('loadingEarlier') : nothing}</div>` : nothing}
    <div class="log" role="log" aria-label=${t('conversation')} aria-busy=${String(session.busy)}>
      ${repeat(
        view.chunks.divide(items),
        (chunk) => chunk.number,
        (chunk) => html`<div class="chunk ${isOld(chunk) ? 'old' : ''}">
          ${repeat(
            chunk.items,
            (item) => item.id,
            (item) => guardedItem(item, view, groups.get(item.id)),
          )}
        </div>`,
      )}
    </div>
    ${renderNotices(view)} ${renderProgress(view)} ${renderFailure(view)}
  `;
}

function guardedItem(item: ThreadItem, view: ViewContext, group: ResponseGroup | undefined): unknown {
  if (item.type === 'end_of_turn') return nothing;
  const { session, ui } = view;
  const { busy } = session;
  // With a message on its way, the response before it is finished; else the last one is still running.
  const running = busy && session.state.outgoing === null && isLastVisible(session.state.items, item.id);
  const shown = running ? undefined : group;
  const finished = !session.state.unfinished.has(item.id);
  const dependencies = [
    item,
    finished,
    shown?.items.length ?? 0,
    running && group !== undefined,
    ui.version(item.id),
    view.controller.widgetActions.activities.get(item.id),
    dependsOnBusy.has(item.type) && busy,
    view.optionsVersion,
    view.imagePolicyKey,
  ];
  return html`${guard(dependencies, () => article(item, view, { group, running }, finished))}`;
}

function isLastVisible(items: readonly ThreadItem[], id: string): boolean {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.id === id) return true;
    if (item?.type !== 'end_of_turn') return false;
  }
  return false;
}

interface Footer {
  group: ResponseGroup | undefined;
  /** The buttons come when the response is complete; their room is there before, so nothing moves. */
  running: boolean;
}

function footer({ group, running }: Footer, view: ViewContext): unknown {
  if (!group) return nothing;
  return running ? html`<div class="response-actions" aria-hidden="true"></div>` : renderResponseActions(group, view);
}

function article(item: ThreadItem, view: ViewContext, below: Footer, finished: boolean): unknown {
  const user = item.type === 'user_message';
  return html`<article class="item ${user ? 'from-user' : 'from-assistant'}" data-item-id=${item.id} aria-label=${view.t(user ? 'you' : 'assistant')}>
    ${whatWorks(() => renderItemContent(item, view, finished), view)} ${whatWorks(() => footer(below, view), view)}
  </article>`;
}

/** What a server sends may be malformed in ways nobody thought of: then one item is missing, not the conversation. */
function whatWorks(render: () => unknown, view: ViewContext): unknown {
  try {
    return render();
  } catch (error) {
    view.failed(error);
    return nothing;
  }
}
