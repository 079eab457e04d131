import { createChatKit, newId, type ChatKitServer, type Store, type ThreadStreamEvent } from '@chatkit-selfhost/core';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** An app whose requests are of the owner they name, and whose answers repeat what was said. */
export function createApp(store: Store): ChatKitServer {
  return createChatKit({
    store, logger: quiet,
    authenticate: (request) => ({ ownerId: request.headers.get('x-owner') ?? '' }),
    uploads: {
      begin: async ({ id, name }) => ({ descriptor: { url: `https://uploads.example/${id}/${name}`, method: 'PUT', headers: {} } }),
      read: async () => new Blob([]),
      delete: async () => undefined,
    },
    async *respond(turn) {
      const { trigger, userText } = turn;
      if (trigger.type === 'approval') return;
      if (userText.startsWith('pay')) return turn.requestApproval({ title: userText, state: `state of ${userText}` });
      await turn.addHiddenContext(`hidden: ${userText}`);
      yield `You said: ${userText}`;
      // The turn that is going when everything is deleted.
      if (userText.startsWith('wait')) await new Promise((resolve) => turn.signal.addEventListener('abort', resolve, { once: true }));
    },
  });
}

/** Gives an owner something of everything an app's users leave, all of it with this word in it; resolves while one more turn is going. */
export async function fillOwner(chatkit: ChatKitServer, store: Store, ownerId: string, word: string): Promise<{ going: Promise<unknown> }> {
  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    chatkit.fetch(new Request(`http://chat.local/agent${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'x-owner': ownerId, ...headers } }));
  const call = async (type: string, params: object, headers?: Record<string, string>): Promise<ThreadStreamEvent[]> => {
    const response = await post('/chatkit', { type, params }, headers);
    const text = await response.text();
    if (!response.ok) throw new Error(`${type}: ${String(response.status)} ${text}`);
    return text.split('\n\n').filter((frame) => frame.startsWith('data: ')).map((frame) => JSON.parse(frame.slice('data: '.length)) as ThreadStreamEvent);
  };
  const input = (text: string, attachments: string[] = []): object =>
    ({ input: { content: [{ type: 'input_text', text: `${text} ${word}` }], attachments, inference_options: {} } });

  const created = await post('/chatkit', { type: 'attachments.create', params: { name: `${word}.txt`, size: 5, mime_type: 'text/plain' } });
  const { id: attachmentId } = (await created.json()) as { id: string };
  await post('/chatkit', { type: 'attachments.create', params: { name: `unused-${word}.txt`, size: 5, mime_type: 'text/plain' } });

  // A conversation with an attachment, a message answered twice, and a title.
  const events = await call('threads.create', input('hello', [attachmentId]), { 'idempotency-key': `key-${word}` });
  const threadId = threadOf(events);
  await call('threads.update', { thread_id: threadId, title: `Title ${word}` });
  await call('threads.retry_after_item', { thread_id: threadId, item_id: userMessageOf(events) });
  // One that was deleted.
  await call('threads.delete', { thread_id: threadOf(await call('threads.create', input('deleted'))) });
  // One question that is open, and one that was decided.
  await call('threads.create', input('pay'));
  const asked = await call('threads.create', input('pay'));
  const approvalId = /"approval_id":"(apr_[0-9a-f]+)"/.exec(JSON.stringify(asked))?.[1];
  await call('threads.custom_action', { thread_id: threadOf(asked), action: { type: 'chatkit.approve', payload: { approval_id: approvalId } } });
  // Sessions, one of them with a conversation through the simple API.
  await post('/session', { user_id: `unused ${word}` });
  const session = (await (await post('/session', { user_id: word })).json()) as { session_id: string };
  const renewed = (await (await post('/session/renew', {}, { 'x-chatkit-session': session.session_id })).json()) as { session_id: string };
  const answer = await post('/chat', { session_id: renewed.session_id, message: `over chat ${word}` });
  if (!answer.ok) throw new Error(await answer.text());
  // A run whose node died.
  const dead = await store.runs.start({ ownerId }, { runId: newId('run'), threadId: newId('thread'), leaseMs: 1, turn: { said: word }, idempotencyKey: `dead-${word}` });
  if (dead.outcome !== 'started') throw new Error(dead.outcome);
  await store.runs.append(dead.run, { events: [{ seq: 1, json: JSON.stringify({ said: word }) }] });

  const streaming = await post('/chatkit', { type: 'threads.create', params: input('wait') });
  const reader = streaming.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ''; !seen.includes('You said'); seen += (await reader?.read())?.value ?? '') if (seen.includes('"error"')) throw new Error(seen);
  const going = (async () => {
    while (reader && !(await reader.read()).done);
  })();
  return { going };
}

function threadOf(events: ThreadStreamEvent[]): string {
  const created = events.find((event) => event.type === 'thread.created');
  if (!created) throw new Error('No thread was created.');
  return created.thread.id;
}

function userMessageOf(events: ThreadStreamEvent[]): string {
  for (const event of events) if (event.type === 'thread.item.done' && event.item.type === 'user_message') return event.item.id;
  throw new Error('There is no user message.');
}
