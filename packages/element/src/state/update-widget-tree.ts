import { isWidgetNode } from '../protocol/widget.js';
import type { WidgetNode } from '../protocol/widget.js';

/** Replaces the component with this id. The tree is returned unchanged when there is none. */
export function replaceComponent(root: WidgetNode, id: string, component: WidgetNode): WidgetNode {
  return mapComponent(root, id, () => component);
}

/** Appends streamed text to the component with this id; `done` ends its streaming state. */
export function appendText(root: WidgetNode, id: string, delta: string, done: boolean): WidgetNode {
  return mapComponent(root, id, (node) => ({
    ...node,
    value: (typeof node['value'] === 'string' ? node['value'] : '') + delta,
    streaming: !done,
  }));
}

function mapComponent(node: WidgetNode, id: string, change: (node: WidgetNode) => WidgetNode): WidgetNode {
  if (node.id === id) return change(node);
  const { children } = node;
  if (Array.isArray(children)) {
    let changed = false;
    const next = children.map((child: unknown) => {
      if (!isWidgetNode(child)) return child;
      const mapped = mapComponent(child, id, change);
      changed ||= mapped !== child;
      return mapped;
    });
    return changed ? { ...node, children: next } : node;
  }
  if (!isWidgetNode(children)) return node;
  const mapped = mapComponent(children, id, change);
  return mapped === children ? node : { ...node, children: mapped };
}
