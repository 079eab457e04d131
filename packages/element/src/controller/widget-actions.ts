import type { WidgetItem } from '../protocol/item.js';
import type { ActionConfig, WidgetNode } from '../protocol/widget.js';

/** What started an action decides how "auto" shows that it is running. */
export type ActionSource = 'button' | 'select' | 'card' | 'form' | 'list-item';

export type LoadingBehavior = 'none' | 'self' | 'container';

/** The action running in one widget: shown on the component at `path`, or on the whole widget. */
export interface WidgetActivity {
  path: string;
  behavior: LoadingBehavior;
}

/** The loading behaviour of an action, with "auto" resolved by what started it. */
export function loadingBehavior(action: ActionConfig, source: ActionSource): LoadingBehavior {
  const { loadingBehavior: wanted } = action;
  if (wanted === 'none' || wanted === 'self' || wanted === 'container') return wanted;
  if (source === 'button' || source === 'list-item') return 'self';
  return source === 'select' ? 'none' : 'container';
}

export interface WidgetActionHost {
  busy: () => boolean;
  onClientAction: () => ((action: { type: string; payload?: Record<string, unknown> }, item: { id: string; widget: WidgetNode }) => unknown) | undefined;
  sendStreaming: (itemId: string, action: { type: string; payload?: unknown }) => Promise<void>;
  sendSync: (itemId: string, action: { type: string; payload?: unknown }) => Promise<void>;
  failed: (error: unknown) => void;
  changed: () => void;
}

/** Runs the actions of widgets where they belong: the page, a stream, or a quick request. */
export class WidgetActions {
  readonly activities = new Map<string, WidgetActivity>();

  constructor(private readonly host: WidgetActionHost) {}

  async run(item: WidgetItem, config: ActionConfig, payload: unknown, source: { path: string; kind: ActionSource }): Promise<void> {
    const action = { type: config.type, ...(payload === undefined || payload === null ? {} : { payload }) };
    const client = config.handler === 'client';
    const streaming = config.streaming !== false;
    // Two streams in one thread would interleave: the official client refuses as well.
    if (!client && streaming && this.host.busy()) return;
    const behavior = loadingBehavior(config, source.kind);
    if (behavior !== 'none' && this.activities.has(item.id)) return;
    if (behavior !== 'none') this.activities.set(item.id, { path: source.path, behavior });
    this.host.changed();
    try {
      if (client) {
        await this.host.onClientAction()?.(action as { type: string; payload?: Record<string, unknown> }, { id: item.id, widget: item.widget });
      } else if (streaming) {
        await this.host.sendStreaming(item.id, action);
      } else {
        await this.host.sendSync(item.id, action);
      }
    } catch (error) {
      this.host.failed(error);
    } finally {
      if (behavior !== 'none') this.activities.delete(item.id);
      this.host.changed();
    }
  }
}
