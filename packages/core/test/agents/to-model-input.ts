import type { ModelInputItem } from '../../src/model-input/model-input-item.js';
import type { ThreadItem } from '../../src/protocol/index.js';

/** The texts and client tool calls of a thread, which is all that these tests look at. */
export function toModelInput(items: ThreadItem[]): ModelInputItem[] {
  return items.flatMap((item): ModelInputItem[] => {
    switch (item.type) {
      case 'user_message':
        return [{ role: 'user', content: item.content.map((part) => ({ type: 'input_text', text: part.text })) }];
      case 'assistant_message':
        return [{ role: 'assistant', status: 'completed', content: item.content.map(({ text }) => ({ type: 'output_text', text })) }];
      case 'client_tool_call':
        if (item.status === 'pending') return [];
        return [
          { type: 'function_call', callId: item.call_id, name: item.name, arguments: JSON.stringify(item.arguments), status: 'completed' },
          { type: 'function_call_result', callId: item.call_id, name: item.name, output: JSON.stringify(item.output ?? null), status: 'completed' },
        ];
      default:
        return [];
    }
  });
}
