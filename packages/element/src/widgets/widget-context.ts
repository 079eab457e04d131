import type { MarkdownContext } from '../markdown/render-tokens.js';
import type { Translate } from '../locales/translate.js';
import type { ActionConfig, WidgetNode } from '../protocol/widget.js';
import type { ActionSource, WidgetActivity } from '../controller/widget-actions.js';

/** What a widget's components need from the thread around them. */
export interface WidgetContext {
  scheme: 'light' | 'dark';
  /** Unique in the element; field ids begin with it. */
  scope: string;
  t: Translate;
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

/** An id for a form control, the same for its label. */
export function fieldId(context: WidgetContext, name: string): string {
  return `${context.scope}-${name.replace(/[^\w-]/g, '_')}`;
}
