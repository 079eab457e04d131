import type { UserMessageContent } from '../protocol/item.js';

/** Joins neighbouring texts, drops empty ones and trims the ends of the whole message. */
export function trimContent(content: readonly UserMessageContent[]): UserMessageContent[] {
  const joined: UserMessageContent[] = [];
  for (const part of content) {
    const last = joined.at(-1);
    if (part.type === 'input_text' && last?.type === 'input_text') {
      joined[joined.length - 1] = { type: 'input_text', text: last.text + part.text };
    } else {
      joined.push(part);
    }
  }
  const lastIndex = joined.length - 1;
  return joined
    .map((part, index): UserMessageContent => {
      if (part.type !== 'input_text') return part;
      const start = index === 0 ? part.text.trimStart() : part.text;
      return { type: 'input_text', text: index === lastIndex ? start.trimEnd() : start };
    })
    .filter((part) => part.type === 'input_tag' || part.text !== '');
}
