import type { ModelInputItem } from './model-input-item.js';

/** All text of an entry of model input; '' for images and files. */
export function inputText(item: ModelInputItem): string {
  if (!('role' in item)) return item.type === 'function_call' ? `${item.name} ${item.arguments}` : item.output;
  if (item.role === 'system') return item.content;
  if (item.role === 'assistant') return item.content.map((part) => part.text).join('\n\n');
  return item.content.map((part) => (part.type === 'input_text' ? part.text : '')).join('\n\n');
}
