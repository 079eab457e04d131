import { html } from 'lit';
import type { WidgetItem } from '../protocol/item.js';
import type { WidgetNode } from '../protocol/widget.js';
import { renderNode } from '../widgets/render-widget.js';
import { labelledFields } from '../widgets/widget-context.js';
import type { WidgetContext } from '../widgets/widget-context.js';
import type { ViewContext } from './view-context.js';

/** A widget in the thread, with its actions wired to the server or the page. */
export function renderWidgetItem(item: WidgetItem, view: ViewContext): unknown {
  return html`<div class="widget">${renderNode(item.widget, widgetContext(item, view), '0')}</div>`;
}

function widgetContext(item: WidgetItem, view: ViewContext): WidgetContext {
  const { controller } = view;
  return {
    scheme: view.scheme,
    scope: `w-${item.id}`,
    t: view.t,
    labelled: labelledFields(item.widget),
    image: view.image,
    markdown: view.markdown,
    activity: controller.widgetActions.activities.get(item.id),
    opened: view.ui.openedParts(item.id),
    toggle: (path) => view.ui.setOpen(item.id, path, !view.ui.isOpen(item.id, path)),
    run: (action, payload, source) => void controller.widgetActions.run(item, action, payload, source),
    fieldConflict: (name) => controller.report(new Error(`Form field "${name}" is already in the action's payload and was left out.`)),
  };
}

/** A widget shown outside the thread (an entity's preview): its actions have nowhere to go. */
export function renderPreviewWidget(node: WidgetNode, view: ViewContext): unknown {
  const item: WidgetItem = { type: 'widget', id: 'preview', thread_id: '', widget: node };
  return html`<div class="widget">${renderNode(node, { ...widgetContext(item, view), run: () => undefined }, '0')}</div>`;
}
