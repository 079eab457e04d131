import { describe, expect, it } from 'vitest';
import { SseBody, toFrames } from '../../src/http/sse.js';
import { toWebResponse } from '../../src/http/http-response.js';

describe('toFrames', () => {
  it('is one data line a frame for plain clients', () => {
    expect(toFrames([{ seq: 1, json: '{}' }, { seq: 2, json: '[]' }], false)).toBe('data: {}\n\ndata: []\n\n');
  });

  it('adds ids for clients that resume, where there is a number', () => {
    expect(toFrames([{ seq: null, json: '{}' }, { seq: 2, json: '[]' }], true)).toBe('data: {}\n\nid: 2\ndata: []\n\n');
  });
});

describe('SseBody', () => {
  const stuck: AsyncIterator<string> = { next: () => new Promise(() => undefined) };

  async function* pieces(...texts: string[]): AsyncGenerator<string, void, undefined> {
    yield* texts;
  }

  it('gives its pieces, and closes once at the end', async () => {
    let closed = 0;
    const body = new SseBody({ pieces: pieces('a', 'b'), onClose: () => closed++ });
    const read: string[] = [];
    for await (const piece of body) read.push(piece);
    expect(read).toEqual(['a', 'b']);
    expect(await body.next()).toEqual({ done: true, value: undefined });
    await body.return();
    expect(closed).toBe(1);
  });

  it('can be given up before the first piece was asked for', async () => {
    let closed = 0;
    let returned = false;
    const body = new SseBody({ pieces: { ...stuck, return: async () => {
      returned = true;
      return { done: true, value: undefined };
    } }, onClose: () => closed++ });
    expect(await body.return()).toEqual({ done: true, value: undefined });
    expect([closed, returned]).toEqual([1, true]);
    expect((await body.next()).done).toBe(true);
  });

  it('can be given up while a piece is waited for', async () => {
    let closed = 0;
    const body = new SseBody({ pieces: stuck, onClose: () => closed++ });
    void body.next();
    await body.return();
    expect(closed).toBe(1);
  });

  it('sends heartbeats while it is silent, and then what it waited for', async () => {
    let give: (piece: IteratorResult<string>) => void = () => undefined;
    const next = new Promise<IteratorResult<string>>((resolve) => (give = resolve));
    const body = new SseBody({ pieces: { next: () => next }, heartbeatMs: 5, onClose: () => undefined });
    expect((await body.next()).value).toBe(': ping\n\n');
    expect((await body.next()).value).toBe(': ping\n\n');
    give({ done: false, value: 'data' });
    expect((await body.next()).value).toBe('data');
  });
});

describe('toWebResponse', () => {
  it('passes text and bytes on, and the reader\'s going back', async () => {
    const mixed = (async function* () {
      yield 'ä';
      yield new Uint8Array([33]);
    })();
    expect(await toWebResponse({ status: 200, headers: { 'x-a': 'b' }, body: mixed }).text()).toBe('ä!');
    let closed = 0;
    const body = new SseBody({ pieces: { next: async () => ({ done: false, value: 'x' }) }, onClose: () => closed++ });
    const response = toWebResponse({ status: 200, headers: {}, body });
    await response.body?.cancel();
    expect(closed).toBe(1);
  });

  it('has no body where there is none', async () => {
    const response = toWebResponse({ status: 204, headers: {}, body: null });
    expect([response.status, response.body]).toEqual([204, null]);
  });
});
