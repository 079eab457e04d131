import { openCard } from '../engine/closed-card.js';
import { stripNulls, type Item, type WidgetRoot } from '../protocol/index.js';

/** What a model is told of a widget. */
export function widgetText({ id, widget }: Item<'widget'>): string {
  const plain = stripNulls(widget) as WidgetRoot;
  const card = openCard(plain);
  // The id by which an approval is claimed, and that there are buttons for it, is the page's business.
  if (card) return `The user was asked for approval by this card, and has not decided: ${JSON.stringify(card)}`;
  return `The widget with id "${id}" was shown to the user: ${JSON.stringify(plain)}`;
}
