import type { ChatKitRequest, Operation } from '../../src/protocol/index.js';

const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} };
const action = { type: 'restock', payload: { sku: 'A1' } };

/** A minimal body of every operation, as a client sends it. */
export const minimalBodies: Record<Operation, { type: Operation; params: Record<string, unknown> }> = {
  'threads.create': { type: 'threads.create', params: { input } },
  'threads.add_user_message': { type: 'threads.add_user_message', params: { thread_id: 'thr_1', input } },
  'threads.add_client_tool_output': { type: 'threads.add_client_tool_output', params: { thread_id: 'thr_1', result: { ok: true } } },
  'threads.add_structured_input': {
    type: 'threads.add_structured_input',
    params: { thread_id: 'thr_1', item_id: 'msg_2', input: { status: 'answered', answers: { prio: { values: ['High'] } } } },
  },
  'threads.retry_after_item': { type: 'threads.retry_after_item', params: { thread_id: 'thr_1', item_id: 'msg_1' } },
  'threads.custom_action': { type: 'threads.custom_action', params: { thread_id: 'thr_1', item_id: 'msg_3', action } },
  'threads.sync_custom_action': { type: 'threads.sync_custom_action', params: { thread_id: 'thr_1', item_id: 'msg_3', action } },
  'threads.get_by_id': { type: 'threads.get_by_id', params: { thread_id: 'thr_1' } },
  'threads.list': { type: 'threads.list', params: {} },
  'threads.update': { type: 'threads.update', params: { thread_id: 'thr_1', title: 'Orders' } },
  'threads.delete': { type: 'threads.delete', params: { thread_id: 'thr_1' } },
  'items.list': { type: 'items.list', params: { thread_id: 'thr_1', order: 'asc', after: 'msg_9' } },
  'items.feedback': { type: 'items.feedback', params: { thread_id: 'thr_1', item_ids: ['msg_1'], kind: 'positive' } },
  'attachments.create': { type: 'attachments.create', params: { name: 'a.png', size: 12, mime_type: 'image/png' } },
  'attachments.delete': { type: 'attachments.delete', params: { attachment_id: 'atc_1' } },
  'input.transcribe': { type: 'input.transcribe', params: { audio_base64: 'AAAA', mime_type: 'audio/webm;codecs=opus' } },
};

/** What the engine sees of each of those. */
export const parsedRequests: { [K in Operation]: Extract<ChatKitRequest, { type: K }> } = {
  'threads.create': {
    type: 'threads.create',
    params: { input: { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} } },
    metadata: {},
  },
  'threads.add_user_message': {
    type: 'threads.add_user_message',
    params: { thread_id: 'thr_1', input: { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} } },
    metadata: {},
  },
  'threads.add_client_tool_output': {
    type: 'threads.add_client_tool_output',
    params: { thread_id: 'thr_1', result: { ok: true } },
    metadata: {},
  },
  'threads.add_structured_input': {
    type: 'threads.add_structured_input',
    params: {
      thread_id: 'thr_1',
      item_id: 'msg_2',
      input: { status: 'answered', answers: { prio: { values: ['High'], skipped: false } } },
    },
    metadata: {},
  },
  'threads.retry_after_item': { type: 'threads.retry_after_item', params: { thread_id: 'thr_1', item_id: 'msg_1' }, metadata: {} },
  'threads.custom_action': { type: 'threads.custom_action', params: { thread_id: 'thr_1', item_id: 'msg_3', action }, metadata: {} },
  'threads.sync_custom_action': {
    type: 'threads.sync_custom_action',
    params: { thread_id: 'thr_1', item_id: 'msg_3', action },
    metadata: {},
  },
  'threads.get_by_id': { type: 'threads.get_by_id', params: { thread_id: 'thr_1' }, metadata: {} },
  'threads.list': { type: 'threads.list', params: { limit: 20, order: 'desc' }, metadata: {} },
  'threads.update': { type: 'threads.update', params: { thread_id: 'thr_1', title: 'Orders' }, metadata: {} },
  'threads.delete': { type: 'threads.delete', params: { thread_id: 'thr_1' }, metadata: {} },
  'items.list': { type: 'items.list', params: { thread_id: 'thr_1', limit: 20, order: 'asc', after: 'msg_9' }, metadata: {} },
  'items.feedback': { type: 'items.feedback', params: { thread_id: 'thr_1', item_ids: ['msg_1'], kind: 'positive' }, metadata: {} },
  'attachments.create': { type: 'attachments.create', params: { name: 'a.png', size: 12, mime_type: 'image/png' }, metadata: {} },
  'attachments.delete': { type: 'attachments.delete', params: { attachment_id: 'atc_1' }, metadata: {} },
  'input.transcribe': {
    type: 'input.transcribe',
    params: { audio_base64: 'AAAA', mime_type: 'audio/webm;codecs=opus' },
    metadata: {},
  },
};
