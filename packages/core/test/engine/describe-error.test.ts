import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it, vi } from 'vitest';
import { describeError } from '../../src/engine/describe-error.js';
import { createChatKit, safeToLog, StoreUnavailableError, type Store } from '../../src/index.js';

function coded(message: string, fields: Record<string, unknown>, options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), fields);
}

/** Without the places in code. */
function described(error: unknown): object {
  const { stack, ...rest } = describeError(error);
  expect(stack ?? '').not.toContain('secret');
  return rest;
}

describe('what is logged of an error', () => {
  it('is its class and where it was thrown, and nothing of its message', () => {
    expect(described(new TypeError('secret\n    at secret\nwords'))).toEqual({ name: 'TypeError' });
    expect(describeError(new Error('secret')).stack).toContain('describe-error.test');
    expect(described('secret')).toEqual({ name: 'string' });
  });

  it('has its code where that is the name of a constant', () => {
    expect(described(coded('secret', { code: 'ERR_INVALID_ARG_TYPE' }))).toEqual({ name: 'Error', code: 'ERR_INVALID_ARG_TYPE' });
    expect(described(coded('secret', { code: '42P01' }))).toEqual({ name: 'Error', code: '42P01' });
    for (const code of ['secret words', 'secret', 4_111, '123456', 'A'.repeat(65), '']) expect(described(coded('secret', { code }))).toEqual({ name: 'Error' });
  });

  it('has the causes of its causes, to an end', () => {
    const inner = coded('secret', { code: 'ECONNRESET' });
    expect(described(new Error('secret', { cause: new RangeError('secret', { cause: inner }) }))).toEqual({
      name: 'Error', cause: { name: 'RangeError', cause: { name: 'Error', code: 'ECONNRESET' } },
    });
    const endless = new Error('secret');
    endless.cause = endless;
    expect(JSON.stringify(described(endless)).length).toBeLessThan(300);
  });

  it('has the message of one that is marked to hold no content, whichever copy of the package marked it', () => {
    expect(described(safeToLog(new Error('Set X to Y.', { cause: new Error('secret') })))).toEqual({ name: 'Error', message: 'Set X to Y.', cause: { name: 'Error' } });
    const foreign = Object.defineProperty(new Error('Set X to Y.'), Symbol.for('chatkit-selfhost.safe-to-log'), { value: true });
    expect(described(foreign)).toMatchObject({ message: 'Set X to Y.' });
    expect(safeToLog(Object.freeze(new Error('secret')))).toBeInstanceOf(Error);
    expect(safeToLog('text')).toBe('text');
  });

  it('has why a store is away: the connection that failed, or what the store says of its server', () => {
    const refused = coded('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', syscall: 'connect' });
    expect(described(new StoreUnavailableError({ cause: refused }))).toEqual({
      name: 'StoreUnavailableError', code: 'store_unavailable', cause: { name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:5432', code: 'ECONNREFUSED' },
    });
    expect(described(new StoreUnavailableError({ cause: safeToLog(new Error('No free connection.')) }))).toMatchObject({ cause: { message: 'No free connection.' } });
    // Where a tool of the app looks for a host that a user named.
    expect(described(coded('getaddrinfo ENOTFOUND secret.example', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }))).toEqual({ name: 'Error', code: 'ENOTFOUND' });
    expect(described(new StoreUnavailableError({ cause: new Error('secret') }))).toMatchObject({ cause: { name: 'Error' } });
  });
});

describe('the log of a server', () => {
  async function logged(error: Error): Promise<unknown> {
    const memory = memoryStore();
    const store: Store = { ...memory, threads: { ...memory.threads, list: () => Promise.reject(error) } };
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const chatkit = createChatKit({ store, logger, authenticate: async () => ({ ownerId: 'ada' }), respond: () => undefined });
    await chatkit.fetch(new Request('https://app.example/agent/chatkit', { method: 'POST', body: JSON.stringify({ type: 'threads.list', params: {} }), headers: { 'content-type': 'application/json' } }));
    return logger.error.mock.calls[0];
  }

  it('tells a store that is away, and why, from what nobody expected', async () => {
    expect(await logged(new StoreUnavailableError({ cause: coded('secret', { code: '28P01' }) }))).toMatchObject(['chatkit: store unavailable', { error: { cause: { code: '28P01' } } }]);
    expect(await logged(new Error('secret'))).toMatchObject(['chatkit: unexpected error', { error: { name: 'Error' } }]);
  });
});
