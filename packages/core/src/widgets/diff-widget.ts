import { stripNulls } from '../protocol/index.js';
import type { ThreadItemUpdate, WidgetRoot } from '../protocol/index.js';
import { jsonEqual } from './json-equal.js';
import { childNodesOf, isStreamingText, isWidgetNode } from './widget-node.js';
import type { WidgetNode } from './widget-node.js';

type ValueDelta = Extract<ThreadItemUpdate, { type: 'widget.streaming_text.value_delta' }>;
type RootUpdate = Extract<ThreadItemUpdate, { type: 'widget.root.updated' }>;

/** The updates that a differ sends. */
export type WidgetUpdate = ValueDelta | RootUpdate;

/** Half a surrogate pair is no text: a store or a client may replace it before the other half arrives. */
function endsInsideCharacter(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

function deltaOf(before: string, after: WidgetNode & { readonly value: string }): ValueDelta | undefined {
  const id = after['id'];
  if (typeof id !== 'string' || id === '' || !after.value.startsWith(before) || endsInsideCharacter(before)) return undefined;
  return {
    type: 'widget.streaming_text.value_delta',
    component_id: id,
    delta: after.value.slice(before.length),
    done: after['streaming'] !== true,
  };
}

/** Collects the deltas between two trees; false when something changed that no delta can say. */
function collectNodeDeltas(before: WidgetNode, after: WidgetNode, deltas: ValueDelta[]): boolean {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every((key) => {
    if (key === 'children') return collectChildDeltas(before[key], after[key], deltas);
    if (jsonEqual(before[key], after[key])) return true;
    if (key !== 'value' || !isStreamingText(before) || !isStreamingText(after)) return false;
    const delta = deltaOf(before.value, after);
    if (delta) deltas.push(delta);
    return delta !== undefined;
  });
}

function collectChildDeltas(before: unknown, after: unknown, deltas: ValueDelta[]): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((child, index) => collectChildDeltas(child, after[index], deltas));
  }
  if (isWidgetNode(before) && isWidgetNode(after)) return collectNodeDeltas(before, after, deltas);
  return jsonEqual(before, after);
}

function countIds(node: WidgetNode, counts = new Map<unknown, number>()): Map<unknown, number> {
  counts.set(node['id'], (counts.get(node['id']) ?? 0) + 1);
  for (const child of childNodesOf(node)) countIds(child, counts);
  return counts;
}

/**
 * The updates that bring a client from one state of a widget to the next: nothing when they are equal, one delta for
 * each `Text` or `Markdown` with an `id` of its own whose value only grew, and otherwise the whole widget.
 *
 * A delta is `done` unless its text has `streaming: true`. Turning `streaming` off while the text grows sends the whole
 * widget, so do it in a step of its own, or let `streamTextInto` do it.
 */
export function diffWidget(before: WidgetRoot, after: WidgetRoot): WidgetUpdate[] {
  const from = stripNulls(before) as WidgetRoot & WidgetNode;
  const to = stripNulls(after) as WidgetRoot & WidgetNode;
  const deltas: ValueDelta[] = [];
  if (!collectNodeDeltas(from, to, deltas)) return [{ type: 'widget.root.updated', widget: to }];
  if (deltas.length === 0) return [];
  const counts = countIds(to);
  // A client finds a component by its id: with two of the same it might change the wrong one.
  return deltas.every((delta) => counts.get(delta.component_id) === 1) ? deltas : [{ type: 'widget.root.updated', widget: to }];
}
