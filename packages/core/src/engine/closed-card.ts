import type { WidgetRoot } from '../protocol/index.js';
import { APPROVE_ACTION, REJECT_ACTION } from './approval-card.js';

/** What became of a request for approval. */
export type ApprovalOutcome = 'approved' | 'rejected' | 'withdrawn' | 'outdated';

type Node = Record<string, unknown>;

const TEXTS: Record<ApprovalOutcome, string> = { approved: 'Approved', rejected: 'Rejected', withdrawn: 'Withdrawn', outdated: 'Outdated' };

/**
 * What a card becomes once nothing is to be decided on it any more: as the app made it, without what decides (at any depth), and with its outcome.
 * Buttons go, other components only lose their action; of list rows that decide, the chosen one stays.
 */
export function closedCard(widget: WidgetRoot, outcome: ApprovalOutcome): WidgetRoot {
  const chosen = outcome === 'approved' ? APPROVE_ACTION : outcome === 'rejected' ? REJECT_ACTION : null;
  const text = TEXTS[outcome];
  const root = withoutDecisions(widget as unknown as Node, chosen);
  // Only these two show a status of their own.
  if (root['type'] !== 'Basic') return { ...root, status: { text, icon: outcome === 'approved' ? 'check-circle' : 'empty-circle' } } as unknown as WidgetRoot;
  const children = Array.isArray(root['children']) ? (root['children'] as unknown[]) : [];
  return { ...root, children: [...children, { type: 'Caption', value: text }] } as unknown as WidgetRoot;
}

/** A card on which something is still to be decided, without what decides; null: nothing is. */
export function openCard(widget: WidgetRoot): WidgetRoot | null {
  return approvalIdsOf(widget).length > 0 ? (withoutDecisions(widget as unknown as Node, null) as unknown as WidgetRoot) : null;
}

/** The requests that a widget has buttons for. */
export function approvalIdsOf(widget: unknown): string[] {
  if (Array.isArray(widget)) return widget.flatMap(approvalIdsOf);
  if (!isNode(widget)) return [];
  const payload = isDecision(widget) ? widget['payload'] : null;
  const id = isNode(payload) ? payload['approval_id'] : undefined;
  return typeof id === 'string' ? [id] : Object.values(widget).flatMap(approvalIdsOf);
}

function withoutDecisions(node: Node, chosen: string | null): Node {
  const kept: Node = {};
  for (const [name, value] of Object.entries(node)) {
    if (isDecision(value) || (isNode(value) && isDecision(value['action']))) continue;
    if (Array.isArray(value)) kept[name] = value.flatMap((child: unknown) => (isNode(child) ? remains(child, chosen) : [child]));
    else if (name === 'children' && isNode(value)) Object.assign(kept, ...remains(value, chosen).map((child) => ({ children: child })));
    else kept[name] = value;
  }
  return kept;
}

/** The component without what decides; nothing when that was all it was for. */
function remains(node: Node, chosen: string | null): Node[] {
  const action = node['onClickAction'];
  if (isDecision(action) && (node['type'] === 'Button' || (node['type'] === 'ListViewItem' && action['type'] !== chosen))) return [];
  const kept = withoutDecisions(node, chosen);
  return hasChildren(node) && !hasChildren(kept) ? [] : [kept];
}

function hasChildren({ children }: Node): boolean {
  return Array.isArray(children) ? children.length > 0 : isNode(children);
}

function isDecision(value: unknown): value is Node {
  return isNode(value) && (value['type'] === APPROVE_ACTION || value['type'] === REJECT_ACTION);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
