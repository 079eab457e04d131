import type { Annotation, Attachment, Item, ItemType, Task, Thread } from '../../src/protocol/index.js';

const base = { thread_id: 'thr_1', created_at: '2026-01-02T03:04:05.678Z' };

export const exampleThread: Thread = {
  id: 'thr_1',
  created_at: '2026-01-02T03:04:05.678Z',
  title: 'Orders',
  status: { type: 'locked', reason: 'Under review' },
  allowed_image_domains: ['images.example'],
  metadata: { secret: 1 },
};

export const exampleFile: Attachment = {
  type: 'file',
  id: 'atc_1',
  name: 'a.pdf',
  mime_type: 'application/pdf',
  thread_id: 'thr_1',
  metadata: { secret: 1 },
};

export const exampleImage: Attachment = {
  type: 'image',
  id: 'atc_2',
  name: 'a.png',
  mime_type: 'image/png',
  preview_url: 'https://files.example/a.png',
  upload_descriptor: { url: 'https://files.example/put', method: 'PUT', headers: { 'x-token': 't' } },
};

export const exampleAnnotations: Annotation[] = [
  { type: 'annotation', index: 3, source: { type: 'url', title: 'Docs', url: 'https://docs.example', attribution: 'Docs Inc' } },
  { type: 'annotation', source: { type: 'file', title: 'Report', filename: 'r.pdf', description: 'Q1', timestamp: 'May', group: 'g' } },
  {
    type: 'annotation',
    index: 3,
    source: { type: 'entity', title: 'Ada', id: 'e1', icon: 'user', label: 'Person', inline_label: 'A', interactive: true, data: { n: null } },
  },
];

/** One task of every type, with every field. */
export const exampleTasks: Task[] = [
  { type: 'custom', status_indicator: 'loading', title: 'Check', icon: 'lucide:package', content: 'stock' },
  {
    type: 'web_search',
    status_indicator: 'complete',
    title: 'Search',
    title_query: 'q',
    queries: ['a', 'b'],
    sources: [{ type: 'url', title: 'T', url: 'https://e.example' }],
  },
  { type: 'thought', status_indicator: 'none', title: 'Think', content: 'Hmm' },
  { type: 'file', status_indicator: 'none', title: 'Read', sources: [{ type: 'file', title: 'F', filename: 'f.txt' }] },
  { type: 'image', status_indicator: 'none', title: 'Draw' },
];

/** One item of every type, with every field. */
export const exampleItems: { [K in ItemType]: Item<K> } = {
  user_message: {
    type: 'user_message',
    id: 'msg_1',
    ...base,
    content: [
      { type: 'input_text', text: 'Hi' },
      { type: 'input_tag', id: 'e1', text: 'Ada', data: { a: null }, group: 'people', interactive: true },
    ],
    attachments: [exampleFile, exampleImage],
    quoted_text: 'before',
    inference_options: { tool_choice: { id: 'search' }, model: 'fast' },
  },
  assistant_message: {
    type: 'assistant_message',
    id: 'msg_2',
    ...base,
    content: [{ type: 'output_text', text: 'Hello', annotations: exampleAnnotations }],
  },
  client_tool_call: {
    type: 'client_tool_call',
    id: 'fc_1',
    ...base,
    status: 'completed',
    call_id: 'call_1',
    name: 'get_selection',
    arguments: { x: null },
    output: { t: null },
  },
  widget: {
    type: 'widget',
    id: 'msg_3',
    ...base,
    widget: { type: 'Card', key: 'k', children: [{ type: 'Text', id: 't', value: 'Hi' }] },
    copy_text: 'Hi',
  },
  generated_image: { type: 'generated_image', id: 'msg_4', ...base, image: { id: 'ig_1', url: 'data:image/png;base64,AA' } },
  structured_input: {
    type: 'structured_input',
    id: 'msg_5',
    ...base,
    status: 'answered',
    inputs: [
      {
        type: 'multiple_choice',
        id: 'prio',
        question: 'Priority?',
        options: [{ value: 'High' }],
        multiple: true,
        answer: { values: ['High'], skipped: false },
      },
      { type: 'freeform', id: 'why', question: 'Why?', description: 'In short', answer: { values: [], skipped: true } },
    ],
  },
  task: { type: 'task', id: 'tsk_1', ...base, task: { type: 'thought', status_indicator: 'none', content: 'Hmm' } },
  workflow: {
    type: 'workflow',
    id: 'wf_1',
    ...base,
    workflow: { type: 'reasoning', tasks: exampleTasks, summary: { duration: 4 }, expanded: true },
  },
  end_of_turn: { type: 'end_of_turn', id: 'msg_6', ...base },
  hidden_context_item: { type: 'hidden_context_item', id: 'msg_7', ...base, content: { any: null } },
  sdk_hidden_context: { type: 'sdk_hidden_context', id: 'shcx_1', ...base, content: 'cancelled' },
};

export const exampleItemList = Object.values(exampleItems);
