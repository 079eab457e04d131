import type { WidgetRoot } from '../../src/protocol/index.js';
import type { WidgetUpdate } from '../../src/widgets/index.js';

type Json = Record<string, unknown>;

function appendTo(node: unknown, id: string, delta: string, state: { found: boolean }): unknown {
  if (Array.isArray(node)) return node.map((child: unknown) => appendTo(child, id, delta, state));
  if (typeof node !== 'object' || node === null) return node;
  const { children, ...own } = node as Json;
  if (!state.found && own['id'] === id && typeof own['value'] === 'string') {
    state.found = true;
    return { ...node, value: own['value'] + delta };
  }
  return children === undefined ? node : { ...own, children: appendTo(children, id, delta, state) };
}

/** What a client does with an update: deltas go to the first component of that id. */
export function applyWidgetUpdate(widget: WidgetRoot, update: WidgetUpdate): WidgetRoot {
  if (update.type === 'widget.root.updated') return update.widget;
  return appendTo(widget, update.component_id, update.delta, { found: false }) as WidgetRoot;
}
