import { inputText } from './input-text.js';
import type { ModelInputItem } from './model-input-item.js';

/** `{ role, content }` messages for any other SDK. Tool calls and their results become one assistant message each; images and files are left out. */
export function asMessages(items: ModelInputItem[]): { role: 'system' | 'user' | 'assistant'; content: string }[] {
  const messages: { role: 'system' | 'user' | 'assistant'; content: string }[] = [];
  for (const item of items) {
    if ('role' in item) messages.push({ role: item.role, content: inputText(item) });
    else if (item.type === 'function_call') messages.push({ role: 'assistant', content: `Called ${item.name} with ${item.arguments}` });
    else messages.push({ role: 'assistant', content: `${item.name} returned ${item.output}` });
  }
  return messages.filter(({ content }) => content !== '');
}
