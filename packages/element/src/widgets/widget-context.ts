import { nothing } from 'lit';
import type { MarkdownContext } from '../markdown/render-tokens.js';
import type { Translate } from '../locales/translate.js';
import { childNodes } from '../protocol/widget.js';
import type { ActionConfig, WidgetNode } from '../protocol/widget.js';
import type { ActionSource, WidgetActivity } from '../controller/widget-actions.js';

/** What a widget's components need from the thread around them. */
export interface WidgetContext {
  scheme: 'light' | 'dark';
  /** Unique in the element; field ids begin with it. */
  scope: string;
  t: Translate;
  /** Names of the fields that have a Label of their own. */
  labelled: ReadonlySet<string>;
  image: (url: string) => string | null;
  markdown: MarkdownContext;
  activity: WidgetActivity | undefined;
  /** Lists and cards the reader opened, by path. */
  opened: ReadonlySet<string>;
  toggle: (path: string) => void;
  run: (action: ActionConfig, payload: unknown, source: { path: string; kind: ActionSource }) => void;
  fieldConflict: (name: string) => void;
}

export type Renderer = (node: WidgetNode, context: WidgetContext, path: string) => unknown;

/** The name a control gives itself, unless a Label does. */
export function ownLabel(context: WidgetContext, name: string, label: unknown): string | typeof nothing {
  if (context.labelled.has(name)) return nothing;
  return typeof label === 'string' && label !== '' ? label : name;
}

/** The fields the Labels of a widget name. */
export function labelledFields(node: WidgetNode): Set<string> {
  const own = node.type === 'Label' && typeof node['fieldName'] === 'string' ? [node['fieldName']] : [];
  return new Set([...own, ...childNodes(node).flatMap((child) => [...labelledFields(child)])]);
}

/** An id for a form control, the same for its label. */
export function fieldId(context: WidgetContext, name: string): string {
  return `${context.scope}-${name.replace(/[^\w-]/g, '_')}`;
}
