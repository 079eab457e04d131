/** A component of a widget, whatever it is: an object with a `type`, reached through `children`. */
export type WidgetNode = Readonly<Record<string, unknown>> & { readonly type: string };

export function isWidgetNode(value: unknown): value is WidgetNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The components directly under one: `children` is a list, or a single node as in a `Transition`. */
export function childNodesOf(node: WidgetNode): WidgetNode[] {
  const children = node['children'];
  return (Array.isArray(children) ? children : [children]).filter(isWidgetNode);
}

/** A component whose text may grow by deltas. */
export function isStreamingText(node: WidgetNode): node is WidgetNode & { readonly value: string } {
  return (node.type === 'Text' || node.type === 'Markdown') && typeof node['value'] === 'string';
}
