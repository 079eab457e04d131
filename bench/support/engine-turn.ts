import { createChatKit, type Store } from '@chatkit-selfhost/core';

const WORDS = 200;

export interface EngineTurns {
  /** A turn of the engine, to its end: model input, an answer in small pieces. */
  turn: () => Promise<void>;
  /** Batches of events so far. */
  batches: () => number;
}

/** Turns as the engine takes them, in one thread that grows. */
export async function openEngine(given: Store, ownerId: string): Promise<EngineTurns> {
  let batches = 0;
  const append: Store['runs']['append'] = (lease, events) => {
    batches++;
    return given.runs.append(lease, events);
  };
  const chatkit = createChatKit({
    store: { ...given, runs: { ...given.runs, append } },
    async *respond({ modelInput }) {
      await modelInput();
      for (let word = 0; word < WORDS; word++) yield 'word ';
    },
  });
  await chatkit.ready();
  const { sessionId } = await chatkit.sessions.create({ ownerId });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${sessionId}` };
  const input = { content: [{ type: 'input_text', text: 'word' }], attachments: [], inference_options: {} };
  const post = async (body: object): Promise<string> => {
    const response = await chatkit.fetch(new Request('http://bench.local/agent/chatkit', { method: 'POST', headers, body: JSON.stringify(body) }));
    const stream = await response.text();
    if (!response.ok || stream.includes('"type":"error"')) throw new Error(`The turn failed: ${stream.slice(-500)}`);
    return stream;
  };
  const threadId = /"thread_id":"(thr_[0-9a-f]+)"/.exec(await post({ type: 'threads.create', params: { input } }))?.[1];
  return {
    batches: () => batches,
    turn: async () => {
      await post({ type: 'threads.add_user_message', params: { thread_id: threadId, input } });
    },
  };
}
