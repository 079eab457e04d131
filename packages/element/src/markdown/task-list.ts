import { html, nothing } from 'lit';
import { withoutMarkers } from './citation-markers.js';
import type { Token } from './parser.js';

const mark = /^\[([ xX])\]\s+(?=\S)/;

/** Reads `[ ]` and `[x]` at the start of list items: the mark leaves the text and becomes an attribute of the item. */
export function markTasks(tokens: readonly Token[]): void {
  tokens.forEach((item, index) => {
    if (item.type !== 'list_item_open') return;
    const inline = tokens[index + 1]?.type === 'paragraph_open' ? tokens[index + 2] : undefined;
    const text = inline?.type === 'inline' ? inline.children?.[0] : undefined;
    const found = text?.type === 'text' ? mark.exec(text.content) : null;
    if (!inline || !text || !found) return;
    item.attrSet('task', found[1] === ' ' ? 'open' : 'done');
    text.content = text.content.slice(found[0].length);
    const words = (inline.children ?? []).filter((token) => token.type === 'text' || token.type === 'code_inline').map((token) => token.content);
    item.attrSet('name', withoutMarkers(words.join('')));
  });
}

export function isTask(token: Token): boolean {
  return token.attrGet('task') !== null;
}

/** The box before a task; nothing for any other list item. */
export function taskBox(token: Token): unknown {
  if (!isTask(token)) return nothing;
  return html`<input type="checkbox" class="task-box" disabled aria-label=${String(token.attrGet('name') ?? '')} .checked=${token.attrGet('task') === 'done'}>`;
}
