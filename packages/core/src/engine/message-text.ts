import type { Item } from '../protocol/index.js';

/** All text of an assistant message; its parts are paragraphs. */
export function messageText(item: Pick<Item<'assistant_message'>, 'content'>): string {
  return item.content.map((part) => part.text).join('\n\n');
}

/** The plain text of a user message; a tag reads as `@` and its text. */
export function userText(item: Pick<Item<'user_message'>, 'content'>): string {
  return item.content.map((part) => (part.type === 'input_text' ? part.text : `@${part.text}`)).join('');
}
