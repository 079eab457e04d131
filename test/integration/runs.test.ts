import { createChatKit, type Store, type Turn } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it } from 'vitest';
import { readFrames, streamedText, TestClient, textInput, threadIdOf, until } from './client.js';
import { doors, type Served } from './serve.js';

/** A responder that goes on word by word as the test says. */
function gated() {
  let release = (): void => undefined;
  let aborted = false;
  const waiting = { next: new Promise<void>((resolve) => (release = resolve)) };
  return {
    get aborted() {
      return aborted;
    },
    release: () => release(),
    async *respond({ signal, userText }: Turn) {
      signal.addEventListener('abort', () => (aborted = true));
      yield `first words about ${userText}. `;
      await waiting.next;
      yield 'Last words.';
    },
  };
}

const open: Served[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

describe.each(Object.entries(doors))('runs through %s', (_name, serve) => {
  async function start(respond: (turn: Turn) => AsyncIterable<string>, options: { onDisconnect?: 'auto' | 'cancel' | 'finish'; store?: Store } = {}) {
    const chatkit = createChatKit({ store: memoryStore(), respond, ...options });
    const served = await serve(chatkit);
    open.push(served);
    return { chatkit, client: await new TestClient(served.url).start() };
  }

  /** Reads until the first words are there. */
  async function readFirstWords(response: Response): Promise<{ threadId: string; lastId: string | null; frames: AsyncGenerator<{ id: string | null }> }> {
    const frames = readFrames(response);
    let threadId = '';
    for (;;) {
      const next = await frames.next();
      if (next.done) throw new Error('The stream ended before the first words.');
      const { event, id } = next.value;
      if (event.type === 'thread.created') threadId = event.thread.id;
      if (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta') return { threadId, lastId: id, frames };
    }
  }

  it('keeps the text so far, once, and stops the model when a plain client disconnects', async () => {
    const responder = gated();
    const { client } = await start((turn) => responder.respond(turn));
    const controller = new AbortController();
    const response = await client.open('threads.create', { input: textInput('rice') }, { signal: controller.signal });
    const { threadId } = await readFirstWords(response);
    controller.abort();
    await until(async () => (await client.get(`/runs?thread_id=${threadId}`)).json['run'] === null);
    expect(responder.aborted).toBe(true);
    const messages = (await client.items(threadId)).filter((item) => item['type'] === 'assistant_message');
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).toContain('first words about rice. ');
    const history = await client.get('/history');
    expect(JSON.stringify(history.json)).toContain('first words about rice.');
  });

  it('finishes the answer for a client that announced resume, which can follow it from any event', async () => {
    const responder = gated();
    const { client } = await start((turn) => responder.respond(turn));
    const controller = new AbortController();
    const resume = { 'x-chatkit-capabilities': 'resume' };
    const response = await client.open('threads.create', { input: textInput('rice') }, { signal: controller.signal, headers: resume });
    const runId = response.headers.get('x-chatkit-run-id') ?? '';
    const { threadId, lastId } = await readFirstWords(response);
    expect(Number(lastId)).toBeGreaterThan(0);
    controller.abort();
    const active = (await client.get(`/runs?thread_id=${threadId}`)).json['run'] as Record<string, unknown>;
    expect(active).toMatchObject({ id: runId, status: 'running' });

    const following = client.get(`/runs/${runId}/events`, { 'last-event-id': lastId ?? '' });
    responder.release();
    const rest = await following;
    expect(streamedText(rest.events)).toBe('Last words.');
    expect(rest.events.at(-1)).toMatchObject({ type: 'thread.item.done' });
    expect(responder.aborted).toBe(false);

    const whole = await client.get(`/runs/${runId}/events`);
    for (let index = 0; index < whole.events.length; index++) {
      const from = await client.get(`/runs/${runId}/events`, { 'last-event-id': String(index) });
      expect(from.events).toEqual(whole.events.slice(index));
    }
  });

  it('cancels from anywhere', async () => {
    const responder = gated();
    const { client } = await start((turn) => responder.respond(turn));
    const response = await client.open('threads.create', { input: textInput('rice') }, { headers: { 'x-chatkit-capabilities': 'resume' } });
    const runId = response.headers.get('x-chatkit-run-id') ?? '';
    const { threadId, frames } = await readFirstWords(response);
    expect((await client.post(`/runs/${runId}/cancel`, {})).status).toBe(200);
    for await (const _frame of frames) {
      // To the end of the stream.
    }
    expect(responder.aborted).toBe(true);
    expect(JSON.stringify(await client.items(threadId))).toContain('first words about rice');
  });

  it('gives one run and one message to repeated posts with one idempotency key', async () => {
    let calls = 0;
    const { client } = await start(async function* ({ userText }) {
      calls++;
      yield `Answer to ${userText}`;
    });
    const post = () => client.call('threads.create', { input: textInput('hello') }, { 'idempotency-key': 'once' });
    const answers = await Promise.all([post(), post(), post()] as const);
    const ids = new Set(answers.map((answer) => answer.headers.get('x-chatkit-run-id')));
    expect(ids.size).toBe(1);
    expect(calls).toBe(1);
    expect(answers.map(({ events }) => events)).toEqual([answers[0].events, answers[0].events, answers[0].events]);
    expect(await client.items(threadIdOf(answers[0]))).toHaveLength(2);
  });

  it('answers the same over /chat for a repeated post', async () => {
    let calls = 0;
    const { client } = await start(async function* ({ userText }) {
      calls++;
      yield `Answer to ${userText}`;
    });
    const post = () => client.post('/chat', { message: 'hello' }, { 'idempotency-key': 'once' });
    const first = await post();
    const second = await post();
    expect(calls).toBe(1);
    expect({ ...second.json, timestamp: '' }).toEqual({ ...first.json, timestamp: '' });
  });

  it('waits for a run that was stopped and takes its time to end, longer than for one that goes on', async () => {
    const store = memoryStore();
    let letEnd = (): void => undefined;
    const mayEnd = new Promise<void>((resolve) => (letEnd = resolve));
    const { endTurn } = store.threads;
    const slow: Store = { ...store, threads: { ...store.threads, endTurn: endTurn && (async (...call) => {
      await mayEnd;
      return endTurn(...call);
    }) } };
    const responder = gated();
    async function* quick() {
      yield 'Quick.';
    }
    const { client } = await start((turn) => (turn.userText === 'again' ? quick() : responder.respond(turn)), { store: slow });
    const controller = new AbortController();
    const stopped = await readFirstWords(await client.open('threads.create', { input: textInput('rice') }, { signal: controller.signal }));
    const going = await readFirstWords(await client.open('threads.create', { input: textInput('tea') }));
    controller.abort();
    await until(async () => responder.aborted);
    const accepted = client.say(stopped.threadId, 'again');
    // Refused after the time that a run gets to end by itself: the other one is still waited for.
    expect((await client.say(going.threadId, 'again')).json).toMatchObject({ code: 'thread_busy' });
    letEnd();
    expect((await accepted).status).toBe(200);
    responder.release();
  });

  it('refuses a second run on a busy thread, and waits for one that was stopped', async () => {
    const responder = gated();
    const { client } = await start((turn) => (turn.userText === 'again' ? quick() : responder.respond(turn)));
    async function* quick() {
      yield 'Quick.';
    }
    const controller = new AbortController();
    const response = await client.open('threads.create', { input: textInput('rice') }, { signal: controller.signal });
    const { threadId } = await readFirstWords(response);
    const refused = await client.say(threadId, 'again');
    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({ code: 'thread_busy' });
    controller.abort();
    const accepted = await client.say(threadId, 'again');
    expect(accepted.status).toBe(200);
    const kinds = (await client.items(threadId)).map((item) => item['type']);
    expect(kinds).toEqual(['user_message', 'assistant_message', 'user_message', 'assistant_message']);
  });

  it('obeys onDisconnect: finish for plain clients too', async () => {
    const responder = gated();
    const { client } = await start((turn) => responder.respond(turn), { onDisconnect: 'finish' });
    const controller = new AbortController();
    const response = await client.open('threads.create', { input: textInput('rice') }, { signal: controller.signal });
    const { threadId } = await readFirstWords(response);
    controller.abort();
    responder.release();
    await until(async () => JSON.stringify(await client.items(threadId)).includes('Last words.'));
    expect(responder.aborted).toBe(false);
  });
});
