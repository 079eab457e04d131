import type { ThreadItem } from '../../protocol/index.js';
import { newId } from '../../store/index.js';

/** One item of every type, most with every field. */
export function itemsOfEveryType(threadId: string): ThreadItem[] {
  const fields = () => ({ id: newId('message'), thread_id: threadId, created_at: '2026-01-02T03:04:05.678Z' });
  const attachment = { id: newId('attachment'), type: 'image' as const, name: 'a.png', mime_type: 'image/png', preview_url: 'https://a.example/p', metadata: { w: 1 } };
  return [
    {
      ...fields(), type: 'user_message', quoted_text: 'as you said', inference_options: { model: 'm', tool_choice: { id: 't' } }, attachments: [attachment],
      content: [{ type: 'input_text', text: 'hi' }, { type: 'input_tag', id: 'e1', text: 'Ali', data: { plan: 'pro' }, group: 'people', interactive: true }],
    },
    {
      ...fields(), type: 'assistant_message',
      content: [{ type: 'output_text', text: 'hello', annotations: [{ type: 'annotation', index: 3, source: { type: 'url', title: 'A', url: 'https://a.example' } }] }],
    },
    { ...fields(), type: 'client_tool_call', status: 'completed', call_id: 'c1', name: 'scroll', arguments: { to: 'end' }, output: [1, null] },
    { ...fields(), type: 'client_tool_call', status: 'pending', call_id: 'c2', name: 'scroll', arguments: {} },
    { ...fields(), type: 'widget', widget: { type: 'Card', children: [{ type: 'Text', value: 'Total: 12' }] }, copy_text: 'Total: 12' },
    { ...fields(), type: 'generated_image', image: { id: 'i1', url: 'https://a.example/i' } },
    { ...fields(), type: 'structured_input', status: 'pending', inputs: [{ id: 'q', type: 'multiple_choice', question: 'Which?', options: [{ value: 'a' }, { value: 'b' }], multiple: true }] },
    { ...fields(), type: 'task', task: { type: 'thought', content: 'hm', status_indicator: 'complete' } },
    { ...fields(), type: 'workflow', workflow: { type: 'reasoning', tasks: [{ type: 'web_search', queries: ['q'] }], summary: { duration: 3 }, expanded: false } },
    { ...fields(), type: 'end_of_turn' },
    { ...fields(), type: 'hidden_context_item', content: { any: ['thing', 1] } },
    { ...fields(), type: 'sdk_hidden_context', content: '<Context/>' },
  ];
}
