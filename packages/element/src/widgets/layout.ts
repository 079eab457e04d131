import { html } from 'lit';
import { styled } from '../view/styled.js';
import type { ActionConfig, WidgetNode } from '../protocol/widget.js';
import { isObject } from '../protocol/json.js';
import { formPayload } from './form-values.js';
import { renderChildren } from './render-widget.js';
import { resolveColor } from './resolve-color.js';
import { boxStyles, distance, size } from './style-values.js';
import type { Renderer, WidgetContext } from './widget-context.js';

function direction(node: WidgetNode, fallback: 'row' | 'col'): 'row' | 'col' {
  return node['direction'] === 'row' || node['direction'] === 'col' ? node['direction'] : fallback;
}

function box(node: WidgetNode, context: WidgetContext, path: string, way: 'row' | 'col', className: string): unknown {
  return html`<div class="w-box ${className}" ${styled(boxStyles(node, context.scheme, way))}>${renderChildren(node, context, path)}</div>`;
}

export const renderBox: Renderer = (node, context, path) => box(node, context, path, direction(node, 'col'), '');
export const renderRow: Renderer = (node, context, path) => box(node, context, path, 'row', 'w-row');
export const renderColumn: Renderer = (node, context, path) => box(node, context, path, 'col', '');

export const renderBasic: Renderer = (node, context, path) => {
  const theme = node['theme'] === 'light' || node['theme'] === 'dark' ? node['theme'] : context.scheme;
  const inner = { ...context, scheme: theme } satisfies WidgetContext;
  return html`<div class="w-box w-basic scheme-${theme}" ${styled(boxStyles(node, theme, direction(node, 'col')))}>
    ${renderChildren(node, inner, path)}
  </div>`;
};

export const renderForm: Renderer = (node, context, path) => {
  const action = node['onSubmitAction'];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isObject(action)) return;
    const config = action as unknown as ActionConfig;
    const payload = formPayload(event.currentTarget as HTMLFormElement, config.payload, context.fieldConflict);
    context.run(config, payload, { path, kind: 'form' });
  };
  return html`<form class="w-box" @submit=${submit} ${styled(boxStyles(node, context.scheme, direction(node, 'col')))}>
    ${renderChildren(node, context, path)}
  </form>`;
};

export const renderDivider: Renderer = (node, context) => html`<hr
  class="w-divider ${node['flush'] === true ? 'flush' : ''}"
  ${styled({
    'border-top-color': resolveColor(node['color'], context.scheme, 'border'),
    'border-top-width': size(node['size']),
    'margin-block': distance(node['spacing']),
  })}
>`;

export const renderSpacer: Renderer = (node) => html`<div class="w-spacer" ${styled({ 'min-width': size(node['minSize']), 'min-height': size(node['minSize']) })}></div>`;

export const renderTransition: Renderer = (node, context, path) =>
  html`<div class="w-transition">${renderChildren(node, context, path)}</div>`;
