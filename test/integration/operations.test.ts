import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamedText, TestClient, textInput, threadIdOf, type Answer } from './client.js';
import { sampleServer, type SampleServer } from './sample-server.js';
import { doors, type Served } from './serve.js';

const REFUSED = { code: expect.any(String) as string, message: expect.any(String) as string, request_id: expect.stringMatching(/^req_/) as string };
const types = ({ events }: Answer): string[] => events.map((event) => event.type);

describe.each(Object.entries(doors))('the operations through %s', (_name, serve) => {
  let sample: SampleServer;
  let served: Served;
  let client: TestClient;
  beforeAll(async () => {
    sample = sampleServer();
    served = await serve(sample.chatkit);
    client = await new TestClient(served.url).start();
  });
  afterAll(() => served.close());

  async function refuses(type: string, params: unknown, status: number, expected: Record<string, unknown> = {}): Promise<void> {
    const answer = await client.call(type, params);
    expect({ status: answer.status, ...answer.json }).toEqual({ status, ...REFUSED, ...expected });
  }
  async function itemOf(threadId: string, type: string): Promise<Record<string, unknown>> {
    const item = (await client.items(threadId)).findLast((candidate) => candidate['type'] === type);
    if (!item) throw new Error(`There is no ${type} in the thread.`);
    return item;
  }

  describe('threads.create', () => {
    it('streams the thread, the user message, the options and the answer', async () => {
      const { answer, threadId } = await client.createThread('hello');
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      expect(answer.headers.get('cache-control')).toBe('no-cache, no-transform');
      expect(answer.headers.get('x-accel-buffering')).toBe('no');
      expect(answer.headers.get('x-chatkit-run-id')).toMatch(/^run_/);
      expect(types(answer).slice(0, 3)).toEqual(['thread.created', 'thread.item.done', 'stream_options']);
      expect(streamedText(answer.events)).toBe('message: hello');
      expect(answer.text).not.toMatch(/^id: /m);
      expect(await itemOf(threadId, 'assistant_message')).toMatchObject({ content: [{ type: 'output_text', text: 'message: hello', annotations: [] }] });
    });
    it('refuses bad input before anything is stored', async () => {
      await refuses('threads.create', {}, 400, { path: 'params.input' });
      await refuses('threads.create', { input: { content: [{ type: 'input_text' }], attachments: [], inference_options: {} } }, 400, { path: 'params.input.content[0].text' });
      await refuses('threads.create', { input: { content: [{ type: 'nonsense', text: 'x' }], attachments: [], inference_options: {} } }, 400, { path: 'params.input.content[0].type' });
      const before = await client.call('threads.list', { limit: 100 });
      await refuses('threads.create', { input: { content: [], attachments: ['atc_absent'], inference_options: {} } }, 404);
      expect((await client.call('threads.list', { limit: 100 })).json).toEqual(before.json);
    });
  });

  describe('threads.add_user_message', () => {
    it('answers in the thread', async () => {
      const { threadId } = await client.createThread('one');
      const answer = await client.say(threadId, 'two');
      expect(types(answer).slice(0, 2)).toEqual(['thread.item.done', 'stream_options']);
      expect((await client.items(threadId)).map((item) => item['type'])).toEqual(['user_message', 'assistant_message', 'user_message', 'assistant_message']);
    });
    it('refuses bad input and unknown threads', async () => {
      await refuses('threads.add_user_message', { input: textInput('x') }, 400, { path: 'params.thread_id' });
      await refuses('threads.add_user_message', { thread_id: 'thr_absent', input: textInput('x') }, 404);
    });
    it('refuses a locked thread', async () => {
      const { threadId } = await client.createThread('lock');
      await refuses('threads.add_user_message', { thread_id: threadId, input: textInput('x') }, 409, { code: 'thread_not_active' });
    });
  });

  describe('threads.add_client_tool_output', () => {
    it('completes the call and answers', async () => {
      const { threadId, answer } = await client.createThread('call a tool');
      expect(answer.events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { type: 'client_tool_call', status: 'pending', name: 'get_selection', arguments: { deep: true, none: null } } });
      const followUp = await client.call('threads.add_client_tool_output', { thread_id: threadId, result: { selected: null } });
      expect(types(followUp)[0]).toBe('stream_options');
      expect(streamedText(followUp.events)).toBe('client_tool_output: ');
      expect(await itemOf(threadId, 'client_tool_call')).toMatchObject({ status: 'completed', output: { selected: null } });
    });
    it('refuses bad input and threads where no call is pending', async () => {
      const { threadId } = await client.createThread('hello');
      await refuses('threads.add_client_tool_output', { thread_id: threadId }, 400, { path: 'params.result' });
      await refuses('threads.add_client_tool_output', { thread_id: threadId, result: 1 }, 409, { code: 'no_pending_call' });
      await refuses('threads.add_client_tool_output', { thread_id: 'thr_absent', result: 1 }, 404);
    });
  });

  describe('threads.add_structured_input', () => {
    it('replaces the question by the answered one and goes on', async () => {
      const { threadId } = await client.createThread('ask me');
      const question = await itemOf(threadId, 'structured_input');
      const params = { thread_id: threadId, item_id: question['id'], input: { status: 'answered', answers: { size: { values: ['L', 'S'] }, other: { values: ['?'] } } } };
      const answer = await client.call('threads.add_structured_input', params);
      expect(types(answer).slice(0, 2)).toEqual(['stream_options', 'thread.item.replaced']);
      expect(await itemOf(threadId, 'structured_input')).toMatchObject({
        status: 'answered', inputs: [{ answer: { values: ['L'], skipped: false } }, { answer: { values: [], skipped: true } }],
      });
      expect(streamedText(answer.events)).toBe('structured_input: ');
      await refuses('threads.add_structured_input', params, 409, { code: 'input_not_pending' });
    });
    it('refuses bad input, unknown items and items of other kinds', async () => {
      const { threadId } = await client.createThread('hello');
      const message = await itemOf(threadId, 'assistant_message');
      await refuses('threads.add_structured_input', { thread_id: threadId, item_id: message['id'] }, 400, { path: 'params.input' });
      await refuses('threads.add_structured_input', { thread_id: threadId, item_id: 'msg_absent', input: {} }, 404);
      await refuses('threads.add_structured_input', { thread_id: threadId, item_id: message['id'], input: {} }, 409);
    });
  });

  describe('threads.retry_after_item', () => {
    it('answers anew in place of what came after', async () => {
      const { threadId } = await client.createThread('hello');
      await client.say(threadId, 'again');
      const [first, oldAnswer] = await client.items(threadId);
      const answer = await client.call('threads.retry_after_item', { thread_id: threadId, item_id: first?.['id'] });
      expect(types(answer)[0]).toBe('stream_options');
      expect(types(answer)).not.toContain('thread.item.removed');
      const items = await client.items(threadId);
      expect(items.map((item) => item['type'])).toEqual(['user_message', 'assistant_message']);
      expect(items[1]?.['id']).not.toBe(oldAnswer?.['id']);
      expect(streamedText(answer.events)).toBe('retry: hello');
    });
    it('refuses bad input, unknown items and answers', async () => {
      const { threadId } = await client.createThread('hello');
      const message = await itemOf(threadId, 'assistant_message');
      await refuses('threads.retry_after_item', { thread_id: threadId }, 400, { path: 'params.item_id' });
      await refuses('threads.retry_after_item', { thread_id: threadId, item_id: 'msg_absent' }, 404);
      await refuses('threads.retry_after_item', { thread_id: threadId, item_id: message['id'] }, 409, { code: 'not_a_user_message' });
    });
  });

  describe('threads.custom_action', () => {
    it('runs the handler with the widget, and replaces it by what it returns', async () => {
      const { threadId } = await client.createThread('show a widget');
      const widget = await itemOf(threadId, 'widget');
      const answer = await client.call('threads.custom_action', { thread_id: threadId, item_id: widget['id'], action: { type: 'rename', payload: { title: 'after' }, handler: 'server' } });
      expect(types(answer)).toEqual(['stream_options', 'thread.item.done', 'thread.item.replaced']);
      expect(await itemOf(threadId, 'widget')).toMatchObject({ id: widget['id'], widget: { children: [{ value: 'after' }] } });
    });
    it('takes an action without an item', async () => {
      const { threadId } = await client.createThread('hello');
      const answer = await client.call('threads.custom_action', { thread_id: threadId, item_id: '', action: { type: 'rename', payload: { title: 'x' } } });
      expect(answer.text).toContain('clicked nothing');
    });
    it('tells of a failing handler without its message', async () => {
      const { threadId } = await client.createThread('hello');
      const answer = await client.call('threads.custom_action', { thread_id: threadId, action: { type: 'fail' } });
      expect(answer.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
      expect(answer.text).not.toContain('internal detail');
    });
    it('answers an item that is no widget with one error event', async () => {
      const { threadId } = await client.createThread('hello');
      const message = await itemOf(threadId, 'assistant_message');
      const answer = await client.call('threads.custom_action', { thread_id: threadId, item_id: message['id'], action: { type: 'rename', payload: { title: 'x' } } });
      expect(answer.events).toEqual([{ type: 'error', code: 'stream.error', allow_retry: false }]);
    });
    it('refuses bad input, bad payloads and unknown actions', async () => {
      const { threadId } = await client.createThread('hello');
      await refuses('threads.custom_action', { thread_id: threadId, action: {} }, 400, { path: 'params.action.type' });
      await refuses('threads.custom_action', { thread_id: threadId, action: { type: 'rename', payload: { title: 1 } } }, 400, { path: 'params.action.payload.title' });
      await refuses('threads.custom_action', { thread_id: threadId, action: { type: 'nope' } }, 400, { code: 'unknown_action', path: 'params.action.type' });
      await refuses('threads.custom_action', { thread_id: threadId, action: { type: 'refresh', payload: { text: 'x' } } }, 400, { code: 'action_not_streaming' , path: 'params.action.type' });
      await refuses('threads.custom_action', { thread_id: 'thr_absent', action: { type: 'rename', payload: { title: 'x' } } }, 404);
      await refuses('threads.custom_action', { thread_id: threadId, item_id: 'msg_absent', action: { type: 'rename', payload: { title: 'x' } } }, 404);
    });
  });

  describe('threads.sync_custom_action', () => {
    it('stores and returns the new widget, also with nothing to return', async () => {
      const { threadId } = await client.createThread('show a widget');
      const widget = await itemOf(threadId, 'widget');
      const params = { thread_id: threadId, item_id: widget['id'] };
      const answer = await client.call('threads.sync_custom_action', { ...params, action: { type: 'refresh', payload: { text: 'fresh' } } });
      expect(answer.json).toEqual({ updated_item: { ...widget, widget: { type: 'Card', children: [{ type: 'Text', value: 'fresh' }] } } });
      expect(await itemOf(threadId, 'widget')).toEqual(answer.json['updated_item']);
      expect((await client.call('threads.sync_custom_action', { ...params, action: { type: 'nothing' } })).text).toBe('{}');
    });
    it('refuses what is no widget, bad payloads and streaming actions', async () => {
      const { threadId } = await client.createThread('hello');
      const message = await itemOf(threadId, 'assistant_message');
      await refuses('threads.sync_custom_action', { thread_id: threadId, item_id: message['id'], action: { type: 'nothing' } }, 409);
      await refuses('threads.sync_custom_action', { thread_id: threadId, action: { type: 'refresh' } }, 400, { path: 'params.action.payload.text' });
      await refuses('threads.sync_custom_action', { thread_id: threadId, action: { type: 'rename', payload: { title: 'x' } } }, 400, { path: 'params.action.type' });
      await refuses('threads.sync_custom_action', { thread_id: 'thr_absent', action: { type: 'nothing' } }, 404);
    });
  });

  it('threads.get_by_id gives the thread with its oldest items, without what is hidden', async () => {
    const { threadId, answer } = await client.createThread('hide something');
    expect(answer.text).not.toContain('only for the model');
    const { json, text } = await client.call('threads.get_by_id', { thread_id: threadId });
    expect(json).toMatchObject({ id: threadId, status: { type: 'active' }, metadata: {}, items: { has_more: false } });
    expect((json['items'] as { data: { type: string }[] }).data.map((item) => item.type)).toEqual(['user_message', 'assistant_message']);
    expect(text).not.toContain('only for the model');
    await refuses('threads.get_by_id', {}, 400, { path: 'params.thread_id' });
    await refuses('threads.get_by_id', { thread_id: 'thr_absent' }, 404);
  });

  it('threads.list pages through the threads, newest first', async () => {
    const other = await new TestClient(served.url).start();
    const ids: string[] = [];
    for (const text of ['a', 'b', 'c']) ids.unshift((await other.createThread(text)).threadId);
    const first = await other.call('threads.list', { limit: 2 });
    expect(first.json).toMatchObject({ data: [{ id: ids[0] }, { id: ids[1] }], has_more: true, after: ids[1] });
    const second = await other.call('threads.list', { limit: 2, after: first.json['after'] });
    expect(second.json).toMatchObject({ data: [{ id: ids[2] }], has_more: false });
    expect(second.json).not.toHaveProperty('after');
    expect(((await other.call('threads.list', { limit: 9_999 })).json['data'] as unknown[]).length).toBe(3);
    await refuses('threads.list', { order: 'sideways' }, 400, { path: 'params.order' });
    await refuses('threads.list', { after: 'thr_absent' }, 404);
  });

  it('threads.update renames, and never shows metadata', async () => {
    const { threadId, answer } = await client.createThread('title');
    expect(answer.events.findLast((event) => event.type === 'thread.updated')).toMatchObject({ thread: { title: 'A title', metadata: {} } });
    const { json } = await client.call('threads.update', { thread_id: threadId, title: 'Renamed' });
    expect(json).toMatchObject({ id: threadId, title: 'Renamed', metadata: {}, items: { data: [], has_more: false } });
    expect(await sample.store.threads.get({ ownerId: (await ownerOf(client)) }, { threadId })).toMatchObject({ title: 'Renamed', metadata: { secret: 'never sent' } });
    await refuses('threads.update', { thread_id: threadId }, 400, { path: 'params.title' });
    await refuses('threads.update', { thread_id: 'thr_absent', title: 'x' }, 404);
  });

  it('threads.delete leaves nothing of the thread', async () => {
    const { threadId } = await client.createThread('hello');
    expect((await client.call('threads.delete', { thread_id: threadId })).text).toBe('{}');
    await refuses('threads.get_by_id', { thread_id: threadId }, 404);
    await refuses('threads.delete', { thread_id: threadId }, 404);
    await refuses('threads.delete', { thread_id: 7 }, 400, { path: 'params.thread_id' });
  });

  it('items.list pages through the items without those that are hidden', async () => {
    const { threadId } = await client.createThread('hide something');
    await client.say(threadId, 'more');
    const seen: unknown[] = [];
    let after: unknown;
    for (let pages = 0; pages < 10; pages++) {
      const { json } = await client.call('items.list', { thread_id: threadId, limit: 2, order: 'asc', ...(after === undefined ? {} : { after }) });
      seen.push(...(json['data'] as { type: string }[]).map((item) => item.type));
      after = json['after'];
      if (json['has_more'] === false) break;
    }
    expect(seen).toEqual(['user_message', 'assistant_message', 'user_message', 'assistant_message']);
    await refuses('items.list', { limit: 2 }, 400, { path: 'params.thread_id' });
    await refuses('items.list', { thread_id: 'thr_absent' }, 404);
    await refuses('items.list', { thread_id: threadId, after: 'msg_absent' }, 404);
  });

  it('items.feedback reaches the app', async () => {
    const { threadId } = await client.createThread('hello');
    const params = { thread_id: threadId, item_ids: ['msg_1', 'msg_2'], kind: 'negative' };
    expect((await client.call('items.feedback', params)).text).toBe('{}');
    expect(sample.feedback.at(-1)).toEqual({ kind: 'negative', itemIds: ['msg_1', 'msg_2'] });
    await refuses('items.feedback', { ...params, kind: 'meh' }, 400, { path: 'params.kind' });
    await refuses('items.feedback', { ...params, thread_id: 'thr_absent' }, 404);
  });

  it('attachments are made, bound to a thread once, and deleted', async () => {
    const { json, text } = await client.call('attachments.create', { name: 'a.png', size: 10, mime_type: 'image/png' });
    expect(json).toMatchObject({ type: 'image', name: 'a.png', mime_type: 'image/png', upload_descriptor: { method: 'PUT', headers: { 'content-type': 'image/png' } }, preview_url: expect.stringContaining('/preview') as string });
    expect(text).not.toContain('secret');
    const input = { ...(textInput('with a file') as object), attachments: [json['id']] };
    const created = await client.call('threads.create', { input });
    const sent = await itemOf(threadIdOf(created), 'user_message');
    expect(sent['attachments']).toMatchObject([{ id: json['id'], thread_id: threadIdOf(created) }]);
    expect(JSON.stringify(sent)).not.toMatch(/upload_descriptor|secret/);
    await refuses('threads.create', { input }, 404);
    expect((await client.call('attachments.delete', { attachment_id: json['id'] })).text).toBe('{}');
    await refuses('attachments.delete', { attachment_id: json['id'] }, 404);
    await refuses('attachments.create', { name: 'a', size: 'big', mime_type: 'text/plain' }, 400, { path: 'params.size' });
    await refuses('attachments.create', { name: 'a', size: 1e12, mime_type: 'text/plain' }, 413, { path: 'params.size' });
    await refuses('attachments.delete', {}, 400, { path: 'params.attachment_id' });
  });

  it('input.transcribe gives the text of what was said', async () => {
    const { json } = await client.call('input.transcribe', { audio_base64: btoa('sound'), mime_type: 'audio/webm;codecs=opus' });
    expect(json).toEqual({ text: 'audio/webm;codecs=opus: sound' });
    await refuses('input.transcribe', { audio_base64: 'AAAAA', mime_type: 'audio/mp4' }, 400, { path: 'params.audio_base64' });
    await refuses('input.transcribe', { mime_type: 'audio/mp4' }, 400, { path: 'params.audio_base64' });
  });

  it('refuses unknown operations by name', async () => {
    const answer = await client.post('/chatkit', { type: 'threads.explode', params: {} });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ path: 'type' });
  });

  async function ownerOf({ sessionId }: TestClient): Promise<string> {
    return (await sample.chatkit.sessions.get(sessionId))?.ownerId ?? '';
  }
});
