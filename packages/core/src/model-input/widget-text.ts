import { APPROVE_ACTION, REJECT_ACTION } from '../engine/approval-card.js';
import { stripNulls, type Item } from '../protocol/index.js';

/** What a model is told of a widget. */
export function widgetText({ id, widget }: Item<'widget'>): string {
  const plain: unknown = stripNulls(widget);
  const card = withoutDecisions(plain);
  // The id by which an approval is claimed, and that there are buttons for it, is the page's business.
  if (card === null) return 'The user was asked for approval, and has not decided.';
  if (card !== plain) return `The user was asked for approval by this card, and has not decided: ${JSON.stringify(card)}`;
  return `The widget with id "${id}" was shown to the user: ${JSON.stringify(plain)}`;
}

/** Without the nodes by which the user decides on an approval, and rows that are then empty; the very same where there are none. */
function withoutDecisions(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(withoutDecisions).filter((entry) => entry !== null);
    return kept.length === value.length && kept.every((entry, index) => entry === value[index]) ? value : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.some(([, property]) => isDecision(property))) return null;
  const kept = entries.map(([name, property]) => [name, withoutDecisions(property)] as const);
  if (kept.every(([name, property]) => property === (value as Record<string, unknown>)[name])) return value;
  const rest = Object.fromEntries(kept.filter(([, property]) => property !== null));
  return Array.isArray(rest['children']) && rest['children'].length === 0 && rest['type'] === 'Row' ? null : rest;
}

function isDecision(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && (value.type === APPROVE_ACTION || value.type === REJECT_ACTION);
}
