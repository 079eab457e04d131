import type { ThreadStreamEvent } from '@chatkit-selfhost/core';
import { describe, expect, it } from 'vitest';
import { splicedBody } from '../../src/stream/spliced-body.js';

const message = (text: string) => ({ type: 'assistant_message' as const, id: 'm1', thread_id: 't1', created_at: '2026-01-02T03:04:05Z', content: [{ type: 'output_text' as const, text, annotations: [] }] });
const added = (text: string): ThreadStreamEvent => ({ type: 'thread.item.added', item: message(text) });
const delta = (text: string): ThreadStreamEvent => ({ type: 'thread.item.updated', item_id: 'm1', update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text } });
const done = (text: string): ThreadStreamEvent => ({ type: 'thread.item.done', item: message(text) });
const userMessage: ThreadStreamEvent = {
  type: 'thread.item.done',
  item: { type: 'user_message', id: 'u1', thread_id: 't1', created_at: '2026-01-02T03:04:04Z', content: [{ type: 'input_text', text: 'Hello' }], attachments: [], inference_options: {} },
};
const notice: ThreadStreamEvent = { type: 'notice', level: 'info', message: 'Looking' };
const frame = (id: number | null, event: ThreadStreamEvent): string => `${id === null ? '' : `id: ${String(id)}\n`}data: ${JSON.stringify(event)}\n\n`;

/** A connection that says something and then drops; ends as the server ends it; is closed in good order by something in between; or says no more. */
function connection(frames: string[], how: 'drops' | 'ends' | 'closes' | 'stays' = 'ends'): Response {
  const encoder = new TextEncoder();
  const left = [...frames, ...(how === 'ends' ? [': end\n\n'] : [])];
  return new Response(new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next !== undefined) controller.enqueue(encoder.encode(next));
      else if (how === 'drops') controller.error(new TypeError('network'));
      else if (how === 'ends' || how === 'closes') controller.close();
      else return new Promise(() => undefined);
      return undefined;
    },
  }), { headers: { 'content-type': 'text/event-stream' } });
}

async function read(first: Response, following: (Response | Error)[] = [], options: { silenceMs?: number; giveUpAfterMs?: number; effectsDoneUpTo?: number } = {}) {
  const asked: number[] = [];
  let ended = 0;
  const body = splicedBody({
    first, signal: new AbortController().signal, onEnd: () => ended++, ...options,
    follow: async (lastEventId) => {
      asked.push(lastEventId);
      const next = following.shift() ?? new Error('nothing more');
      if (next instanceof Error) throw next;
      return next;
    },
  });
  const text = await new Response(body).text();
  return { text, asked, ended, events: text.split('\n\n').filter(Boolean).map((data) => JSON.parse(data.slice('data: '.length)) as ThreadStreamEvent) };
}

describe('a stream that is whole', () => {
  it('passes through, without ids and comments, each event exactly as it was sent', async () => {
    const { text, asked, ended } = await read(connection([frame(1, added('')), ': ping\n\n', frame(2, delta('Hi')), frame(3, done('Hi'))]));
    expect(text).toBe([added(''), delta('Hi'), done('Hi')].map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    expect(asked).toEqual([]);
    expect(ended).toBe(1);
  });

  it('is cut anywhere by the network, also within a frame or a character', async () => {
    const text = `${frame(1, added(''))}${frame(2, delta('Zucker für Käthe'))}${frame(3, done('Zucker für Käthe'))}: end\n\n`;
    const bytes = new TextEncoder().encode(text);
    for (let at = 1; at < bytes.length; at += 7) {
      const pieces = new Response(new ReadableStream({ start: (controller) => { controller.enqueue(bytes.slice(0, at)); controller.enqueue(bytes.slice(at)); controller.close(); } }));
      expect((await read(pieces)).events).toEqual([added(''), delta('Zucker für Käthe'), done('Zucker für Käthe')]);
    }
  });
});

describe('a stream that drops', () => {
  it('is taken up after the last event, and the seam does not show', async () => {
    const { events, asked } = await read(connection([frame(1, added('')), frame(2, delta('a'))], 'drops'), [connection([frame(3, delta('b')), frame(4, done('ab'))])]);
    expect(events).toEqual([added(''), delta('a'), delta('b'), done('ab')]);
    expect(asked).toEqual([2]);
  });

  it('is asked for again until the server is back', async () => {
    const { events, asked } = await read(connection([frame(1, added(''))], 'drops'), [new TypeError('network'), new Response('', { status: 503 }), connection([frame(2, done('ab'))])]);
    expect(events).toEqual([added(''), done('ab')]);
    expect(asked).toEqual([1, 1, 1]);
  });

  it('does not repeat what was already seen', async () => {
    const { events } = await read(connection([frame(1, added('')), frame(2, delta('a'))], 'drops'), [connection([frame(1, added('')), frame(2, delta('a')), frame(3, done('a'))])]);
    expect(events).toEqual([added(''), delta('a'), done('a')]);
  });

  it('that begins again with a snapshot gives only what is new in it', async () => {
    const first = connection([frame(1, notice), frame(2, added('')), frame(3, delta('one '))], 'drops');
    const snapshot = connection([frame(null, notice), frame(null, { ...notice, message: 'Writing' }), frame(9, added('one two ')), frame(10, delta('three')), frame(11, done('one two three'))]);
    const { events } = await read(first, [snapshot]);
    expect(events).toEqual([notice, added(''), delta('one '), { ...notice, message: 'Writing' }, delta('two '), delta('three'), done('one two three')]);
  });

  it('that a proxy ended in good order is taken up as well, however often', async () => {
    const { events, asked } = await read(connection([frame(1, added('')), frame(2, delta('a'))], 'closes'), [
      connection([frame(3, delta('b'))], 'closes'), connection([], 'closes'), connection([frame(4, delta('c'))], 'closes'), connection([frame(5, done('abc'))]),
    ]);
    expect(events).toEqual([added(''), delta('a'), delta('b'), delta('c'), done('abc')]);
    expect(asked).toEqual([2, 3, 3, 4]);
  });

  it('that a proxy ended in good order before the answer began is taken up as well', async () => {
    const { events, asked } = await read(connection([frame(1, userMessage)], 'closes'), [connection([': ping\n\n'], 'closes'), connection([frame(2, added('')), frame(3, done('a'))])]);
    expect(events).toEqual([userMessage, added(''), done('a')]);
    expect(asked).toEqual([1, 1]);
  });

  it('whose end nobody says is over once nothing comes any more', async () => {
    const { events, asked } = await read(connection([frame(1, added('')), frame(2, done('a'))], 'closes'), [connection([], 'closes'), connection([], 'closes'), connection([], 'closes')]);
    expect(events).toEqual([added(''), done('a')]);
    expect(asked).toEqual([2, 2, 2]);
  });

  it('whose end nobody says, with an item still open, ends with an error event', async () => {
    const { events } = await read(connection([frame(1, added(''))], 'closes'), [connection([], 'closes'), connection([], 'closes'), connection([], 'closes')]);
    expect(events).toEqual([added(''), { type: 'error', code: 'stream.error', allow_retry: true }]);
  });

  it('that is silent for too long is dead', async () => {
    const { events } = await read(connection([frame(1, added(''))], 'stays'), [connection([frame(2, done('a'))])], { silenceMs: 30 });
    expect(events).toEqual([added(''), done('a')]);
  });

  it('ends with an error event when the run is not there any more', async () => {
    const { events } = await read(connection([frame(1, added(''))], 'drops'), [new Response('{}', { status: 404 })]);
    expect(events).toEqual([added(''), { type: 'error', code: 'stream.error', allow_retry: true }]);
  });

  it('ends with an error event when the server stays away', async () => {
    const { events } = await read(connection([frame(1, added(''))], 'drops'), [], { giveUpAfterMs: 100 });
    expect(events.at(-1)).toMatchObject({ type: 'error' });
  });
});

describe('a run that is taken up by another page', () => {
  const effect = (name: string): ThreadStreamEvent => ({ type: 'client_effect', name, data: {} });

  it('has its effects carried out once: those that the page before saw are left out', async () => {
    const { events } = await read(connection([frame(1, added('')), frame(2, effect('seen')), frame(3, delta('Hi')), frame(4, effect('new')), frame(5, done('Hi'))]), [], { effectsDoneUpTo: 3 });
    expect(events).toEqual([added(''), delta('Hi'), effect('new'), done('Hi')]);
  });

  it('knows the effects of a snapshot as seen, also when a later one says them again', async () => {
    const { events } = await read(
      connection([frame(null, effect('seen')), frame(6, added('Hi')), frame(7, effect('new'))], 'drops'),
      [connection([frame(null, effect('seen')), frame(null, effect('new')), frame(null, effect('newer')), frame(9, done('Hi'))])],
      { effectsDoneUpTo: 6 },
    );
    expect(events).toEqual([added('Hi'), effect('new'), effect('newer'), done('Hi')]);
  });
});
