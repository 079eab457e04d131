import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { isObject, optionalString } from '../protocol/json.js';
import type { ActionConfig, WidgetNode } from '../protocol/widget.js';
import { styled } from '../view/styled.js';
import { formPayload } from './form-values.js';
import { renderChildren } from './render-widget.js';
import { resolveColor } from './resolve-color.js';
import { borders, sides } from './style-values.js';
import type { Renderer, WidgetContext } from './widget-context.js';

const sizes = new Set(['sm', 'md', 'lg', 'full']);

/** The line above a card or list that says what it is or how it stands. */
export function renderStatus(status: unknown, context: WidgetContext): unknown {
  if (!isObject(status) || typeof status['text'] !== 'string') return nothing;
  const favicon = typeof status['favicon'] === 'string' ? context.image(status['favicon']) : null;
  const name = optionalString(status['icon']);
  const mark = favicon
    ? html`<img class="favicon ${status['frame'] === true ? 'framed' : ''}" src=${favicon} alt="" referrerpolicy="no-referrer">`
    : name
      ? icon(name)
      : nothing;
  return html`<div class="w-status">${mark}<span dir="auto">${status['text']}</span></div>`;
}

function cardAction(value: unknown): { label: string; action: ActionConfig } | undefined {
  if (!isObject(value) || typeof value['label'] !== 'string' || !isObject(value['action'])) return undefined;
  return { label: value['label'], action: value['action'] as unknown as ActionConfig };
}

export const renderCard: Renderer = (node, context, path) => {
  const scheme = node['theme'] === 'light' || node['theme'] === 'dark' ? node['theme'] : context.scheme;
  const inner: WidgetContext = { ...context, scheme };
  const size = sizes.has(String(node['size'])) ? String(node['size']) : 'md';
  const collapsed = node['collapsed'] === true && !context.opened.has(path);
  const running = context.activity?.behavior === 'container';
  const styles = {
    'background-color': resolveColor(node['background'], scheme, 'background'),
    ...borders(node['border'], scheme),
  };
  const body = html`<div class="w-card-body" ${styled(sides('padding', node['padding']))}>${renderChildren(node, inner, path)}</div>`;
  const head = html`${renderStatus(node['status'], inner)}${
    node['collapsed'] === true
      ? html`<button type="button" class="w-collapse" aria-expanded=${collapsed ? 'false' : 'true'} @click=${() => context.toggle(path)}>
          ${icon(collapsed ? 'chevron-down' : 'chevron-up')}<span>${context.t('showDetails')}</span>
        </button>`
      : nothing
  }`;
  const content = html`${head}${collapsed ? nothing : body}${collapsed ? nothing : footer(node, inner, path)}`;
  const classes = `w-card size-${size} scheme-${scheme} ${running ? 'running' : ''}`;
  const confirm = cardAction(node['confirm']);
  if (node['asForm'] !== true) return html`<div class=${classes} ?inert=${running} ${styled(styles)}>${content}</div>`;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!confirm) return;
    const payload = formPayload(event.currentTarget as HTMLFormElement, confirm.action.payload, context.fieldConflict);
    context.run(confirm.action, payload, { path, kind: 'card' });
  };
  return html`<form class=${classes} ?inert=${running} @submit=${submit} ${styled(styles)}>${content}</form>`;
};

function footer(node: WidgetNode, context: WidgetContext, path: string): unknown {
  const confirm = cardAction(node['confirm']);
  const cancel = cardAction(node['cancel']);
  if (!confirm && !cancel) return nothing;
  const busy = context.activity !== undefined;
  const run = (config: ActionConfig) => (): void => context.run(config, config.payload, { path, kind: 'card' });
  const asForm = node['asForm'] === true;
  return html`<div class="w-card-footer">
    ${cancel ? html`<button type="button" class="w-button secondary outline control-lg" ?disabled=${busy} @click=${run(cancel.action)}><span dir="auto">${cancel.label}</span></button>` : nothing}
    ${
      confirm
        ? html`<button type=${asForm ? 'submit' : 'button'} class="w-button tone-primary solid control-lg" ?disabled=${busy} @click=${asForm ? nothing : run(confirm.action)}>
            <span dir="auto">${confirm.label}</span>
          </button>`
        : nothing
    }
  </div>`;
}
