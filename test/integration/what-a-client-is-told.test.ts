import { ChatKitError, createChatKit, StoreUnavailableError, type Store, type Turn } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readFrames, TestClient, textInput, threadIdOf, until } from './client.js';
import { sampleServer } from './sample-server.js';
import { doors, type Served } from './serve.js';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: vi.fn() };
const open: Served[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

/** A store whose named method fails as the test says. */
function failing(part: keyof Store, method: string, error: Error): Store {
  const store = memoryStore();
  const slow: Store = { ...store, threads: { ...store.threads, beginTurn: undefined, endTurn: undefined } };
  return { ...slow, [part]: { ...slow[part], [method]: () => Promise.reject(error) } };
}

describe.each(Object.entries(doors))('what a client is told through %s', (_name, serve) => {
  async function clientOf(chatkit: Parameters<typeof serve>[0], { session = true } = {}): Promise<TestClient> {
    const served = await serve(chatkit);
    open.push(served);
    const client = new TestClient(served.url);
    return session ? client.start() : client;
  }
  const respondingWith = (respond: (turn: Turn) => AsyncIterable<string>, store: Store = memoryStore()) =>
    createChatKit({ store, respond, logger: quiet, limits: { turnTimeoutMs: 300 } });

  it('400 with the path for what is not JSON, of the wrong shape, or an unknown operation', async () => {
    const client = await clientOf(sampleServer().chatkit);
    for (const [body, path] of [['{not json', ''], ['[]', ''], ['{"type":"x"}', 'type'], ['{"type":"threads.list"}', 'params'], ['"text"', '']] as const) {
      const answer = await client.post('/chatkit', body);
      expect([answer.status, answer.json['path']]).toEqual([400, path]);
      expect(answer.json['request_id']).toBe(answer.headers.get('x-request-id'));
    }
    expect((await client.post('/chat', { message: 7 })).json).toMatchObject({ code: 'invalid_request', path: 'message' });
    expect((await client.post('/chat', { message: '  ' })).json).toMatchObject({ code: 'invalid_request', path: 'message' });
  });

  it('400 for JSON nested too deeply and for text that is not UTF-8', async () => {
    const client = await clientOf(sampleServer().chatkit);
    expect((await client.post('/chatkit', `${'['.repeat(65)}${']'.repeat(65)}`)).json).toMatchObject({ code: 'invalid_request' });
    const bytes = await client.send('/chatkit', { method: 'POST', body: new Uint8Array([0x7b, 0xff, 0x7d]), headers: { 'content-type': 'application/json' } });
    expect(bytes.status).toBe(400);
  });

  it('401 for no session, an unknown one, and an owner that is not let in', async () => {
    const client = await clientOf(sampleServer().chatkit, { session: false });
    expect((await client.call('threads.list', {})).status).toBe(401);
    client.headers = { 'x-chatkit-session': 'session-1-0123456789abcdef0123456789abcdef' };
    expect((await client.call('threads.list', {})).json).toMatchObject({ code: 'session_expired' });
    expect((await client.post('/chat', { message: 'hi' })).status).toBe(401);
    const guarded = await clientOf(createChatKit({ store: memoryStore(), authenticate: async () => null, respond: () => undefined }), { session: false });
    expect((await guarded.call('threads.list', {})).json).toMatchObject({ code: 'unauthenticated' });
    expect((await guarded.post('/session', {})).status).toBe(401);
  });

  it('403 for an origin that is not allowed', async () => {
    const chatkit = createChatKit({ store: memoryStore(), respond: () => undefined, cors: { origins: ['https://shop.example'], credentials: true } });
    const client = await clientOf(chatkit, { session: false });
    const refused = await client.post('/session', {}, { origin: 'https://evil.example' });
    expect([refused.status, refused.json['code'], refused.headers.get('access-control-allow-origin')]).toEqual([403, 'origin_not_allowed', null]);
    const allowed = await client.post('/session', {}, { origin: 'https://shop.example' });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin'), allowed.headers.get('access-control-allow-credentials')]).toEqual([200, 'https://shop.example', 'true']);
    expect(allowed.headers.get('access-control-expose-headers')).toContain('x-chatkit-run-id');
    const preflight = await client.send('/chatkit', {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'chatkit-frame-instance-id,content-type' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'chatkit-frame-instance-id,content-type']);
  });

  it('404 for what is absent, 405 for another method', async () => {
    const client = await clientOf(sampleServer().chatkit);
    expect((await client.get('/runs/run_absent/events')).status).toBe(404);
    expect((await client.post('/runs/run_absent/cancel', {})).status).toBe(404);
    expect((await client.get('/runs?thread_id=thr_absent')).status).toBe(404);
    expect((await client.get('/nowhere')).status).toBe(404);
    const wrong = await client.get('/chatkit');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await client.post('/chat', { message: 'hi', thread_id: 'thr_absent' })).status).toBe(404);
  });

  it('409 for a wrong state and for a busy thread', async () => {
    const never = new Promise<never>(() => undefined);
    const chatkit = createChatKit({
      store: memoryStore(),
      async *respond() {
        yield 'begun';
        await never;
      },
    });
    const client = await clientOf(chatkit);
    const response = await client.open('threads.create', { input: textInput('x') });
    const frames = readFrames(response);
    const first = await frames.next();
    const threadId = first.value?.event.type === 'thread.created' ? first.value.event.thread.id : '';
    expect((await client.say(threadId, 'y')).json).toMatchObject({ code: 'thread_busy' });
    await frames.return();
    await chatkit.close({ graceMs: 1 });
  });

  it('413, 415 and 429', async () => {
    const client = await clientOf(sampleServer({ limits: { maxBodyBytes: 2_000, maxMessageChars: 100, maxAudioBytes: 3_000 } }).chatkit);
    expect((await client.call('threads.create', { input: textInput('x'.repeat(3_000)) })).json).toMatchObject({ code: 'body_too_large' });
    expect((await client.call('threads.create', { input: textInput('x'.repeat(101)) })).json).toMatchObject({ code: 'message_too_long', path: 'params.input.content' });
    expect((await client.call('input.transcribe', { audio_base64: btoa('x'.repeat(2_500)), mime_type: 'audio/mp4' })).status).toBe(200);
    expect((await client.call('input.transcribe', { audio_base64: 'A'.repeat(4_100), mime_type: 'audio/mp4' })).json).toMatchObject({ code: 'audio_too_large' });
    const form = await client.send('/chatkit', { method: 'POST', body: 'type=threads.list', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect([form.status, form.json['code']]).toEqual([415, 'unsupported_media_type']);
    const owned = createChatKit({ store: memoryStore(), authenticate: async () => ({ ownerId: 'u' }), respond: () => undefined, limits: { maxSessionsPerOwner: 1 } });
    const guarded = await clientOf(owned);
    const refused = await guarded.post('/session', {});
    expect([refused.status, refused.json['code'], refused.headers.get('retry-after')]).toEqual([429, 'too_many_sessions', '60']);
  });

  it('429 with Retry-After while too many answers are being written', async () => {
    const never = new Promise<never>(() => undefined);
    const chatkit = createChatKit({
      store: memoryStore(), limits: { maxRunsPerOwner: 1 },
      async *respond() {
        yield 'begun';
        await never;
      },
    });
    const client = await clientOf(chatkit);
    const frames = readFrames(await client.open('threads.create', { input: textInput('x') }));
    await frames.next();
    for (const refused of [await client.call('threads.create', { input: textInput('y') }), await client.post('/chat', { message: 'y' })]) {
      expect([refused.status, refused.json['code'], refused.headers.get('retry-after')]).toEqual([429, 'too_many_runs', '1']);
    }
    await frames.return();
    await chatkit.close({ graceMs: 1 });
  });

  it('an error without a retry when the thread is gone once the stream has begun', async () => {
    const store = memoryStore();
    const client = await clientOf(createChatKit({
      store, logger: quiet,
      async *respond(turn) {
        yield 'so far';
        await store.threads.delete({ ownerId: turn.context.ownerId }, { threadId: turn.thread.id });
        await turn.sendText('more');
      },
    }));
    const gone = { type: 'error', code: 'custom', message: 'This conversation no longer exists.', allow_retry: false };
    const streamed = await client.call('threads.create', { input: textInput('x') });
    expect([streamed.status, streamed.events.at(-1)]).toEqual([200, gone]);
    expect((await client.post('/chat', { message: 'x' })).json).toMatchObject({ type: 'error', error: gone.message, error_code: 'not_found' });
    expect((await client.post('/chat/stream', { message: 'x' })).text.trimEnd().split('\n\n').at(-1)).toBe(`data: {"error":"${gone.message}","error_code":"not_found"}`);
  });

  it('501 for what is not configured, or as an error event where the protocol says so', async () => {
    const client = await clientOf(sampleServer({ bare: true }).chatkit);
    const { threadId } = await client.createThread('x');
    for (const [type, params] of [
      ['attachments.create', { name: 'a', size: 1, mime_type: 'text/plain' }], ['attachments.delete', { attachment_id: 'atc_1' }],
      ['input.transcribe', { audio_base64: 'AAAA', mime_type: 'audio/mp4' }], ['threads.sync_custom_action', { thread_id: threadId, action: { type: 'x' } }],
    ] as const) expect((await client.call(type, params)).json).toMatchObject({ code: 'not_configured' });
    const streamed = await client.call('threads.custom_action', { thread_id: threadId, action: { type: 'x' } });
    expect(streamed.events).toEqual([{ type: 'stream_options', stream_options: { allow_cancel: true } }, { type: 'error', code: 'stream.error', allow_retry: true }]);
    expect((await client.call('items.feedback', { thread_id: threadId, item_ids: [], kind: 'positive' })).text).toBe('{}');
  });

  it('503 with Retry-After while a store is away, and an error event once the stream has begun', async () => {
    const before = await clientOf(respondingWith(async function* () { yield 'x'; }, failing('runs', 'start', new StoreUnavailableError())));
    const refused = await before.call('threads.create', { input: textInput('x') });
    expect([refused.status, refused.json['code'], refused.headers.get('retry-after')]).toEqual([503, 'store_unavailable', '1']);

    const store = memoryStore();
    let writes = 0;
    const later: Store = { ...store, threads: { ...store.threads, beginTurn: undefined, endTurn: undefined, write: (...call) => (++writes > 1 ? Promise.reject(new StoreUnavailableError()) : store.threads.write(...call)) } };
    const after = await clientOf(respondingWith(async function* () { yield 'x'; }, later));
    const streamed = await after.call('threads.create', { input: textInput('x') });
    expect(streamed.events.at(-1)).toMatchObject({ type: 'error', allow_retry: true });
    expect((await after.get('/healthz')).status).toBe(200);
  });

  it('500 with a request id for anything unexpected, and stream.error once the stream has begun', async () => {
    const client = await clientOf(respondingWith(async function* () { yield 'x'; }, failing('threads', 'list', new Error('secret detail'))));
    const refused = await client.call('threads.list', {});
    expect([refused.status, refused.json['code']]).toEqual([500, 'internal_error']);
    expect(refused.text).not.toContain('secret');
    expect(quiet.error).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ requestId: refused.json['request_id'] }));
    const broken = await clientOf(respondingWith(async function* () {
      yield 'so far';
      throw new Error('secret detail');
    }));
    const streamed = await broken.call('threads.create', { input: textInput('x') });
    expect(streamed.events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(streamed.text).not.toContain('secret');
    expect(JSON.stringify(await broken.items(threadIdOf(streamed)))).toContain('so far');
    const simple = await broken.post('/chat', { message: 'x' });
    expect(simple.status).toBe(200);
    expect(simple.json).toMatchObject({ type: 'error', error_code: 'stream.error', message: 'so far' });
  });

  it('shows the message of a ChatKitError, in all three forms', async () => {
    const client = await clientOf(respondingWith(async function* () {
      yield '';
      throw new ChatKitError({ code: 'quota', message: 'Quota reached', allowRetry: false });
    }));
    expect((await client.call('threads.create', { input: textInput('x') })).events.at(-1)).toEqual({ type: 'error', code: 'custom', message: 'Quota reached', allow_retry: false });
    expect((await client.post('/chat', { message: 'x' })).json).toMatchObject({ type: 'error', error: 'Quota reached', error_code: 'quota' });
    expect((await client.post('/chat/stream', { message: 'x' })).text).toBe('data: {"error":"Quota reached","error_code":"quota"}\n\n');
  });

  it('ends a turn that takes too long, with its text kept', async () => {
    const client = await clientOf(respondingWith(async function* ({ signal }) {
      yield 'so far';
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }));
    const answer = await client.call('threads.create', { input: textInput('x') });
    expect(answer.events.at(-1)).toMatchObject({ type: 'error', code: 'custom', allow_retry: true });
    await until(async () => JSON.stringify(await client.items(threadIdOf(answer))).includes('so far'));
  });

  it('readyz follows the stores', async () => {
    const client = await clientOf(respondingWith(async function* () { yield ''; }, failing('sessions', 'check', new StoreUnavailableError())), { session: false });
    expect((await client.get('/readyz')).status).toBe(503);
    expect((await client.get('/healthz')).text).toBe('{"status":"ok"}');
  });
});
