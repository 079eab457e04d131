import { html, nothing } from 'lit';
import { isObject } from '../protocol/json.js';
import { childNodes } from '../protocol/widget.js';
import type { ActionConfig } from '../protocol/widget.js';
import { styled } from '../view/styled.js';
import { renderStatus } from './card.js';
import { renderChildren, renderNode } from './render-widget.js';
import { boxStyles } from './style-values.js';
import type { Renderer, WidgetContext } from './widget-context.js';

/** How many entries "auto" shows before the rest is folded away. */
const automaticLimit = 5;

export const renderListView: Renderer = (node, context, path) => {
  const scheme = node['theme'] === 'light' || node['theme'] === 'dark' ? node['theme'] : context.scheme;
  const inner: WidgetContext = { ...context, scheme };
  const entries = childNodes(node);
  const wanted = node['limit'] === 'auto' ? automaticLimit : node['limit'];
  const limit = typeof wanted === 'number' && wanted > 0 && !context.opened.has(path) ? Math.floor(wanted) : entries.length;
  const hidden = entries.length - limit;
  const running = context.activity?.behavior === 'container';
  return html`<div class="w-card w-list scheme-${scheme} ${running ? 'running' : ''}" ?inert=${running}>
    ${renderStatus(node['status'], inner)}
    <ul>
      ${entries.slice(0, limit).map((entry, index) => html`<li>${renderNode(entry, inner, `${path}.${index}`)}</li>`)}
    </ul>
    ${hidden > 0 ? html`<button type="button" class="w-more" @click=${() => context.toggle(path)}>${context.t('showAll', { count: hidden })}</button>` : nothing}
  </div>`;
};

const interactive = 'a, button, input, select, textarea, label';

export const renderListViewItem: Renderer = (node, context, path) => {
  const action = node['onClickAction'];
  const styles = boxStyles({ ...node, padding: undefined }, context.scheme, 'row');
  const content = renderChildren(node, context, path);
  if (!isObject(action)) return html`<div class="w-box w-entry" ${styled(styles)}>${content}</div>`;
  const config = action as unknown as ActionConfig;
  const running = context.activity?.path === path;
  const run = (event: Event): void => {
    const inside = (event.target as Element).closest(interactive);
    if (inside && inside !== event.currentTarget) return;
    if (event instanceof KeyboardEvent) {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
    }
    context.run(config, config.payload, { path, kind: 'list-item' });
  };
  return html`<div
    class="w-box w-entry clickable ${running ? 'running' : ''}"
    role="button"
    tabindex="0"
    aria-busy=${running ? 'true' : nothing}
    @click=${run}
    @keydown=${run}
    ${styled(styles)}
  >
    ${content}
  </div>`;
};
