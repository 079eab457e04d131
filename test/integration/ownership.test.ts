import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient, textInput, threadIdOf } from './client.js';
import { sampleServer, type SampleServer } from './sample-server.js';
import { doors, type Served } from './serve.js';

/** Everything of one owner that another might ask for, and what stands for "there is no such thing". */
interface Named {
  thread: string;
  message: string;
  widget: string;
  question: string;
  attachment: string;
  run: string;
}
const ABSENT: Named = {
  thread: `thr_${'0'.repeat(32)}`, message: `msg_${'0'.repeat(32)}`, widget: `msg_${'1'.repeat(32)}`, question: `msg_${'2'.repeat(32)}`,
  attachment: `atc_${'0'.repeat(32)}`, run: `run_${'0'.repeat(32)}`,
};

/** Every way to ask for something by its name. */
const asks: [string, (client: TestClient, named: Named) => ReturnType<TestClient['call']>][] = [
  ['threads.get_by_id', (client, { thread }) => client.call('threads.get_by_id', { thread_id: thread })],
  ['threads.update', (client, { thread }) => client.call('threads.update', { thread_id: thread, title: 'mine now' })],
  ['threads.delete', (client, { thread }) => client.call('threads.delete', { thread_id: thread })],
  ['threads.list after it', (client, { thread }) => client.call('threads.list', { after: thread })],
  ['threads.add_user_message', (client, { thread }) => client.call('threads.add_user_message', { thread_id: thread, input: textInput('hello') })],
  ['threads.add_client_tool_output', (client, { thread }) => client.call('threads.add_client_tool_output', { thread_id: thread, result: {} })],
  ['threads.add_structured_input', (client, { thread, question }) => client.call('threads.add_structured_input', { thread_id: thread, item_id: question, input: {} })],
  ['threads.retry_after_item', (client, { thread, message }) => client.call('threads.retry_after_item', { thread_id: thread, item_id: message })],
  ['threads.custom_action', (client, { thread, widget }) => client.call('threads.custom_action', { thread_id: thread, item_id: widget, action: { type: 'rename', payload: { title: 'mine' } } })],
  ['threads.custom_action without an item', (client, { thread }) => client.call('threads.custom_action', { thread_id: thread, action: { type: 'rename', payload: { title: 'mine' } } })],
  ['threads.sync_custom_action', (client, { thread, widget }) => client.call('threads.sync_custom_action', { thread_id: thread, item_id: widget, action: { type: 'nothing' } })],
  ['items.list', (client, { thread }) => client.call('items.list', { thread_id: thread })],
  ['items.list after an item', (client, { thread, message }) => client.call('items.list', { thread_id: thread, after: message })],
  ['items.feedback', (client, { thread, message }) => client.call('items.feedback', { thread_id: thread, item_ids: [message], kind: 'positive' })],
  ['attachments.delete', (client, { attachment }) => client.call('attachments.delete', { attachment_id: attachment })],
  ['a message with the attachment', (client, { attachment }) => client.call('threads.create', { input: { ...(textInput('x') as object), attachments: [attachment] } })],
  ['/chat in the thread', (client, { thread }) => client.post('/chat', { message: 'hello', thread_id: thread })],
  ['/chat/stream in the thread', (client, { thread }) => client.post('/chat/stream', { message: 'hello', thread_id: thread })],
  ['the active run of the thread', (client, { thread }) => client.get(`/runs?thread_id=${thread}`)],
  ["the run's events", (client, { run }) => client.get(`/runs/${run}/events`)],
  ["the run's cancel", (client, { run }) => client.post(`/runs/${run}/cancel`, {})],
  ['the history after the run', (client, { run }) => client.get(`/history?after=${run}`)],
];

describe.each(Object.entries(doors))('ownership through %s', (_name, serve) => {
  let sample: SampleServer;
  let served: Served;
  let owner: TestClient;
  let stranger: TestClient;
  let named: Named;

  beforeAll(async () => {
    sample = sampleServer();
    served = await serve(sample.chatkit);
    owner = await new TestClient(served.url).start();
    stranger = await new TestClient(served.url).start();
    const created = await owner.call('threads.create', { input: textInput('show a widget') });
    const thread = threadIdOf(created);
    await owner.say(thread, 'ask me');
    const attachment = await owner.call('attachments.create', { name: 'a.txt', size: 1, mime_type: 'text/plain' });
    const items = await owner.items(thread);
    const idOf = (type: string): string => String(items.find((item) => item['type'] === type)?.['id']);
    named = {
      thread, message: idOf('user_message'), widget: idOf('widget'), question: idOf('structured_input'),
      attachment: String(attachment.json['id']), run: created.headers.get('x-chatkit-run-id') ?? '',
    };
  });
  afterAll(() => served.close());

  /** All that can be seen of an answer, without what differs between any two. */
  const visible = ({ status, text, headers }: Awaited<ReturnType<TestClient['call']>>) => ({
    status, type: headers.get('content-type'), body: text.replace(/req_[0-9a-f]+/, 'req'), length: headers.get('content-length'),
  });

  it.each(asks)('%s: a stranger gets, byte for byte, what an absent name gets', async (_what, ask) => {
    const before = await snapshot();
    const foreign = visible(await ask(stranger, named));
    const absent = visible(await ask(stranger, ABSENT));
    expect(foreign).toEqual(absent);
    expect(foreign.status).toBe(404);
    expect(await snapshot()).toEqual(before);
  });

  it('lists and history of a stranger are empty', async () => {
    expect((await stranger.call('threads.list', {})).json).toEqual({ data: [], has_more: false });
    expect((await stranger.get('/history')).json).toEqual({ data: [], has_more: false });
  });

  it('one owner\'s idempotency key means nothing to another', async () => {
    const key = { 'idempotency-key': 'shared' };
    const first = await owner.call('threads.create', { input: textInput('first') }, key);
    const second = await stranger.call('threads.create', { input: textInput('second') }, key);
    expect(threadIdOf(second)).not.toBe(threadIdOf(first));
    await stranger.call('threads.delete', { thread_id: threadIdOf(second) });
  });

  async function snapshot(): Promise<unknown> {
    return [await owner.call('threads.list', { limit: 100 }).then(({ json }) => json), await owner.items(named.thread)];
  }
});
