import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit, type ChatKitServerOptions, type OwnerScope } from '../../src/index.js';
import { findCredential } from '../../src/http/credentials.js';
import { silent } from '../engine/chat-server.js';

type Options = Pick<ChatKitServerOptions<OwnerScope, Record<never, never>, Record<never, never>, OwnerScope>, 'authenticate' | 'sessions' | 'cors'>;

interface Answer { status: number; json: Record<string, unknown>; cookie: string | null }

function serve(options: Options = {}): (path: string, init?: RequestInit & { json?: object }) => Promise<Answer> {
  const chatkit = createChatKit({ store: memoryStore(), logger: silent, async *respond({ userText, locale }) {
    yield `${locale}: ${userText}`;
  }, ...options });
  return async (path, { json, ...init } = {}) => {
    const response = await chatkit.fetch(new Request(`https://chat.local/agent${path}`, {
      method: 'POST', ...init, ...(json ? { body: JSON.stringify(json), headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) } } : {}),
    }));
    return { status: response.status, json: JSON.parse((await response.text()) || '{}') as Record<string, unknown>, cookie: response.headers.get('set-cookie') };
  };
}

const token = `session-1-${'a'.repeat(32)}`;
const all = ['bearer', 'header', 'body', 'cookie'] as const;

describe('findCredential', () => {
  const request = (headers: Record<string, string>): Request => new Request('https://chat.local/', { headers });
  it.each([
    ['header', { 'x-chatkit-session': 't' }, undefined, 't'], ['body', {}, { session_id: 't' }, 't'], ['bearer', { authorization: `bearer ${token}` }, undefined, token],
    ['cookie', { cookie: 'a=b; __Host-chatkit-session=t=x; c' }, undefined, 't=x'],
  ] as const)('finds it in the %s, if that is accepted', (source, headers, body, found) => {
    expect(findCredential(request(headers), body, all)).toEqual({ token: found, source });
    expect(findCredential(request(headers), body, all.filter((one) => one !== source))).toBeNull();
  });

  it.each([[{ authorization: 'Bearer a-token-of-the-app' }, undefined], [{ authorization: 'Basic x' }, undefined], [{ 'x-chatkit-session': '' }, { session_id: 5 }], [{ cookie: 'x=y' }, null], [{}, 'text']])(
    'finds none in %j and %j', (headers, body) => {
      expect(findCredential(request(headers as Record<string, string>), body, all)).toBeNull();
    },
  );
});

describe('a session cookie', () => {
  const options: Options = { sessions: { accept: ['cookie'] }, cors: { origins: ['https://app.example'], credentials: true } };
  const start = async (call: ReturnType<typeof serve>): Promise<string> => (await call('/session')).cookie?.split(';')[0] ?? '';

  it('is kept from scripts and other sites', async () => {
    expect((await serve(options)('/session')).cookie).toMatch(/^__Host-chatkit-session=session-\d+-[0-9a-f]{32}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    expect((await serve()('/session')).cookie).toBeNull();
  });

  it('lets its own page in, and never says the token', async () => {
    const call = serve(options);
    const cookie = await start(call);
    const { status, json } = await call('/chat', { json: { message: 'Hi' }, headers: { cookie, origin: 'https://app.example' } });
    expect(status).toBe(200);
    expect(json['session_id']).toMatch(/^ses_/);
    expect(JSON.stringify(json)).not.toContain(cookie.split('=')[1]);
  });

  it.each([[{ 'sec-fetch-site': 'cross-site' }], [{ origin: 'https://evil.example' }]])('is refused with %j', async (headers) => {
    const call = serve({ sessions: { accept: ['cookie'] } });
    const cookie = await start(call);
    expect(await call('/chat', { json: { message: 'Hi' }, headers: { cookie, ...headers } as Record<string, string> })).toMatchObject({ status: 403, json: { code: 'origin_not_allowed' } });
    expect(await call('/session', { method: 'DELETE', headers: { cookie, ...headers } as Record<string, string> })).toMatchObject({ status: 403 });
  });

  it('is renewed, and removed at the end', async () => {
    const call = serve(options);
    const cookie = await start(call);
    const renewed = (await call('/session/renew', { headers: { cookie } })).cookie?.split(';')[0] ?? '';
    expect(renewed).not.toBe(cookie);
    expect(await call('/chat', { json: { message: 'Hi' }, headers: { cookie } })).toMatchObject({ status: 401 });
    expect((await call('/session', { method: 'DELETE', headers: { cookie: renewed } })).cookie).toContain('Max-Age=0');
    expect(await call('/session/fork', { headers: { cookie: renewed } })).toMatchObject({ status: 401 });
  });
});

describe('authenticate', () => {
  const byHeader: Options = { authenticate: async (request) => {
    const ownerId = request.headers.get('x-user');
    return ownerId === null ? null : { ownerId };
  } };

  it('binds a session to its owner', async () => {
    const call = serve(byHeader);
    const { json } = await call('/session', { headers: { 'x-user': 'ada' }, json: { user_id: 'Ada' } });
    const session = { 'x-chatkit-session': String(json['session_id']) };
    expect(await call('/chat', { json: { message: 'Hi' }, headers: { ...session, 'x-user': 'ada' } })).toMatchObject({ status: 200 });
    expect(await call('/chat', { json: { message: 'Hi' }, headers: { ...session, 'x-user': 'eve' } })).toMatchObject({ status: 401, json: { code: 'session_expired' } });
    expect(await call('/chat', { json: { message: 'Hi' }, headers: session })).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
    expect(await call('/session')).toMatchObject({ status: 401 });
  });

  it('is told of the session\'s label', async () => {
    const labels: unknown[] = [];
    const call = serve({ authenticate: (_request, { session }) => {
      labels.push(session);
      return { ownerId: 'ada' };
    } });
    const { json } = await call('/session', { json: { user_id: 'Ada' } });
    await call('/chat', { json: { message: 'Hi', session_id: json['session_id'] } });
    expect(labels).toEqual([null, { label: 'Ada' }]);
  });

  it('is enough for the ChatKit protocol, while the simple API needs a session', async () => {
    const call = serve(byHeader);
    const headers = { 'x-user': 'ada' };
    expect(await call('/chatkit', { json: { type: 'threads.list', params: {} }, headers })).toMatchObject({ status: 200 });
    expect(await call('/chat', { json: { message: 'Hi' }, headers })).toMatchObject({ status: 401 });
  });
});

it('a session ends by logout, and softly when its page goes', async () => {
  const call = serve();
  const session = async (): Promise<string> => String((await call('/session')).json['session_id']);
  const one = await session();
  expect(await call('/session', { method: 'DELETE', headers: { 'x-chatkit-session': one } })).toMatchObject({ status: 200, cookie: null });
  expect(await call('/chat', { json: { message: 'x', session_id: one } })).toMatchObject({ status: 401 });
  const two = await session();
  expect(await call('/session/close', { body: JSON.stringify({ session_id: two }), headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 200 });
  expect(await call('/session/close')).toMatchObject({ status: 200 });
  expect(await call('/chat', { json: { message: 'x', session_id: two } })).toMatchObject({ status: 200 });
  const fork = await call('/session/fork', { json: { session_id: two } });
  expect(fork.json['session_id']).not.toBe(two);
});

it.each([[{ user_id: 5 }], [{ user_id: 'x'.repeat(257) }], [['list']]])('a session is refused with %j', async (json) => {
  expect(await serve()('/session', { json })).toMatchObject({ status: 400 });
});

it.each([[{ user_id: null }], [{}]])('a session is made with %j', async (json) => {
  expect(await serve()('/session', { json })).toMatchObject({ status: 200 });
});

it.each([['de-DE,de;q=0.9', 'de-DE'], ['', 'en'], ['<script>', 'en'], ['fr', 'fr']])('the locale of %j is %s', async (header, locale) => {
  const call = serve();
  const { json } = await call('/session');
  expect((await call('/chat', { json: { message: 'x', session_id: json['session_id'] }, headers: { 'accept-language': header } })).json['message']).toBe(`${locale}: x`);
});
