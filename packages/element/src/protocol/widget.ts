/**
 * A widget node is open JSON: the server may send components and properties this
 * element doesn't know, and those are ignored. Renderers read the fields they know.
 */
export interface WidgetNode {
  type: string;
  id?: string | undefined;
  key?: string | undefined;
  children?: unknown;
  [property: string]: unknown;
}

export interface ActionConfig {
  type: string;
  payload?: unknown;
  handler?: 'server' | 'client' | undefined;
  loadingBehavior?: 'auto' | 'none' | 'self' | 'container' | undefined;
  streaming?: boolean | undefined;
}

export function isWidgetNode(value: unknown): value is WidgetNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The child nodes of a widget node, whether it holds a list or a single node. */
export function childNodes(node: { children?: unknown }): WidgetNode[] {
  const children = node.children;
  if (Array.isArray(children)) return children.filter(isWidgetNode);
  return isWidgetNode(children) ? [children] : [];
}
