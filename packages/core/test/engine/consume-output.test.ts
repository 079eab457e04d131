import { describe, expect, it, vi } from 'vitest';
import type { TurnEvent } from '../../src/index.js';
import { runTurn } from '../agents/run-turn.js';
import { streamedText, texts, typesOf } from './chat-server.js';

const progress: TurnEvent = { type: 'progress_update', text: 'thinking' };
const notice: TurnEvent = { type: 'notice', level: 'info', message: 'n' };

describe('what a responder yields', () => {
  it('strings are one message, and go on after progress and notices', async () => {
    const { items, events } = await runTurn({ async *respond() {
      yield 'Hel';
      yield progress;
      yield 'lo';
      yield notice;
      yield '';
      yield '!';
    } });
    expect(texts(items).slice(1)).toEqual(['Hello!']);
    expect(typesOf(events).filter((type) => type === 'thread.item.done')).toHaveLength(1);
  });

  it('an item between strings ends the message before it', async () => {
    const { items } = await runTurn({ async *respond(turn) {
      yield 'before';
      yield { type: 'thread.item.done', item: { type: 'end_of_turn', id: turn.newId('message') } };
      yield 'after';
    } });
    expect(items.slice(1).map(({ type }) => type)).toEqual(['assistant_message', 'end_of_turn', 'assistant_message']);
  });

  it('no text is no message', async () => {
    const { items, events } = await runTurn({ async *respond() {
      yield '';
    } });
    expect(items).toHaveLength(1);
    expect(events).toEqual([]);
  });

  it('a text stream that is returned is passed on', async () => {
    const { items } = await runTurn({ respond: async () => new ReadableStream<string>({ start: (controller) => {
      controller.enqueue('from ');
      controller.enqueue('a stream');
      controller.close();
    } }) as unknown as AsyncIterable<string> });
    expect(texts(items).slice(1)).toEqual(['from a stream']);
  });

  it('many pieces leave the process time for others', async () => {
    let ticks = 0;
    let going = true;
    const tick = (): void => {
      ticks++;
      if (going) setImmediate(tick);
    };
    setImmediate(tick);
    await runTurn({ async *respond() {
      for (let n = 0; n < 1_000; n++) yield 'x';
    } });
    going = false;
    expect(ticks).toBeGreaterThan(10);
  });

  it('an error keeps what was streamed, and tells the iterator', async () => {
    let closed = false;
    const { error, events } = await runTurn({ async *respond() {
      try {
        yield 'part';
        throw new Error('broken');
      } finally {
        closed = true;
      }
    } });
    expect(error).toMatchObject({ message: 'broken' });
    expect(closed).toBe(true);
    expect(streamedText(events)).toBe('part');
  });
});

describe('an abort', () => {
  it('ends a responder that ignores it, and tells its iterator to return', async () => {
    const controller = new AbortController();
    let returned = false;
    const stuck: AsyncIterable<string> = { [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => undefined),
      return: async () => {
        returned = true;
        return { done: true, value: undefined };
      },
    }) };
    const turn = runTurn({ respond: () => {
      setImmediate(() => controller.abort(new Error('stopped')));
      return stuck;
    }, signal: controller.signal });
    expect((await turn).error).toMatchObject({ message: 'stopped' });
    await vi.waitFor(() => expect(returned).toBe(true));
  });

  it('ends one whose iterator can\'t return, or fails to', async () => {
    for (const back of [undefined, () => Promise.reject(new Error('no'))]) {
      const controller = new AbortController();
      const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<string>>(() => undefined), ...(back ? { return: back } : {}) }) };
      const turn = runTurn({ respond: () => {
        setImmediate(() => controller.abort(new Error('stopped')));
        return stuck;
      }, signal: controller.signal });
      expect((await turn).error).toMatchObject({ message: 'stopped' });
    }
  });

  it('ends a function that never returns, and one that begins too late', async () => {
    const controller = new AbortController();
    const turn = runTurn({ respond: () => {
      setImmediate(() => controller.abort(new Error('stopped')));
      return new Promise<void>(() => undefined);
    }, signal: controller.signal });
    expect((await turn).error).toMatchObject({ message: 'stopped' });
    expect((await runTurn({ respond: async () => undefined, signal: controller.signal })).error).toMatchObject({ message: 'stopped' });
  });
});
