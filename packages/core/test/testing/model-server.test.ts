import OpenAI from 'openai';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { afterEach, describe, expect, it } from 'vitest';
import {
  disconnect, failure, functionCall, image, incomplete, message, parallel, reasoning, refusal, startModelServer, text, wait, type ModelServer,
} from '../../src/testing/index.js';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(): Promise<{ server: ModelServer; client: OpenAI }> {
  server = await startModelServer();
  return { server, client: new OpenAI({ baseURL: server.url, apiKey: 'test', maxRetries: 0 }) };
}

async function streamResponse(client: OpenAI): Promise<ResponseStreamEvent[]> {
  const events: ResponseStreamEvent[] = [];
  for await (const event of await client.responses.create({ model: 'm', input: 'Hi', stream: true })) events.push(event);
  return events;
}

describe('the Responses API of the model server', () => {
  it('streams a text with the events and fields of the real API', async () => {
    const { server: models, client } = await start();
    models.reply(text(['Hel', 'lo'], { id: 'msg_1' }));

    const events = await streamResponse(client);

    expect(events.map((event) => event.type)).toEqual([
      'response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added', 'response.output_text.delta',
      'response.output_text.delta', 'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed',
    ]);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(events[4]).toEqual({
      type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'Hel', logprobs: [], sequence_number: 4,
    });
    const completed = events.at(-1);
    expect(completed?.type === 'response.completed' && completed.response).toMatchObject({
      object: 'response', status: 'completed', output: [{ type: 'message', id: 'msg_1', status: 'completed', content: [{ type: 'output_text', text: 'Hello' }] }],
      usage: { total_tokens: 15 },
    });
  });

  it('is understood by the helper of the client that puts a stream together', async () => {
    const { server: models, client } = await start();
    models.reply(reasoning('Hm'), text('Let me look'), functionCall('look', { at: 1 }, { callId: 'call_1' }));

    const response = await client.responses.stream({ model: 'm', input: 'Hi' }).finalResponse();

    expect(response.output_text).toBe('Let me look');
    expect(response.output.map((item) => item.type)).toEqual(['reasoning', 'message', 'function_call']);
    expect(response.output[2]).toMatchObject({ call_id: 'call_1', arguments: '{"at":1}' });
  });

  it('answers without streaming', async () => {
    const { server: models, client } = await start();
    models.reply(message([{ type: 'text', text: ['a', 'b'] }, { type: 'refusal', refusal: 'no' }]));

    const response = await client.responses.create({ model: 'm', input: 'Hi' });

    expect(response.output_text).toBe('ab');
  });

  it('numbers thoughts, citations and partial images by their own indices', async () => {
    const { server: models, client } = await start();
    models.reply(
      reasoning('One', 'Two'), image('RU5E', { id: 'ig_1', partials: ['QQ==', 'Qg=='] }),
      text('x', { citations: [{ type: 'url_citation', url: 'https://e.com', title: 'E', start_index: 0, end_index: 1 }] }),
    );

    const events = await streamResponse(client);

    expect(events.flatMap((event) => (event.type === 'response.reasoning_summary_text.done' ? [event.summary_index] : []))).toEqual([0, 1]);
    expect(events.flatMap((event) => (event.type === 'response.image_generation_call.partial_image' ? [[event.item_id, event.partial_image_index]] : []))).toEqual([['ig_1', 0], ['ig_1', 1]]);
    expect(events.find((event) => event.type === 'response.output_text.annotation.added')).toMatchObject({ annotation_index: 0, annotation: { type: 'url_citation' } });
    expect(events.flatMap((event) => (event.type === 'response.output_item.done' ? [event.output_index] : []))).toEqual([0, 1, 2]);
  });

  it('interleaves what is scripted as parallel', async () => {
    const { server: models, client } = await start();
    models.reply(parallel(text('a'), text('b')));

    const events = await streamResponse(client);

    expect(events.flatMap((event) => ('output_index' in event ? [event.output_index] : [])).slice(0, 4)).toEqual([0, 1, 0, 1]);
  });

  it('fails, stops early, and breaks off in the middle', async () => {
    const { server: models, client } = await start();
    models.reply(text('a'), failure('overloaded'));
    models.reply(text('a'), incomplete('max_output_tokens'));
    models.reply(text('a'), disconnect());

    expect((await streamResponse(client)).at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'failed', error: { message: 'overloaded' } } });
    expect((await streamResponse(client)).at(-1)).toMatchObject({ type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } });
    await expect(streamResponse(client)).rejects.toThrow();
  });

  it('keeps what it was asked', async () => {
    const { server: models, client } = await start();
    models.reply(text('a'));

    await client.responses.create({ model: 'm', instructions: 'Be brief', input: [{ role: 'user', content: 'Hi' }] });

    expect(models.requests[0]).toMatchObject({ api: 'responses', body: { model: 'm', instructions: 'Be brief' }, input: [{ role: 'user', content: 'Hi' }] });
    expect(models.requests[0]?.headers.authorization).toBe('Bearer test');
    expect(await models.requests[0]?.closed).toBe('completed');
  });

  it('holds the stream until it is let go, and sees a client that leaves', async () => {
    const { server: models, client } = await start();
    models.reply(text(['a', new Promise(() => undefined)]));
    const stream = await client.responses.create({ model: 'm', input: 'Hi', stream: true });

    for await (const event of stream) if (event.type === 'response.output_text.delta') break;

    const request = await models.request(0);
    expect(await request.closed).toBe('aborted');
    expect(request.signal.aborted).toBe(true);
  });

  it('refuses with an HTTP error, and when nothing is scripted', async () => {
    const { server: models, client } = await start();
    models.refuse(429, 'Slow down', 'rate_limit_exceeded');

    await expect(client.responses.create({ model: 'm', input: 'Hi' })).rejects.toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    await expect(client.responses.create({ model: 'm', input: 'Hi' })).rejects.toThrow('No reply is scripted');
  });

  it('asks a function for what is not scripted', async () => {
    const { server: models, client } = await start();
    models.onRequest((request) => [text(`You said ${String(request.input[0]?.['content'])}`)]);

    expect((await client.responses.create({ model: 'm', input: 'Hi' })).output_text).toBe('You said Hi');
  });
});

describe('Chat Completions of the model server', () => {
  it('streams text and calls under one id, and the usage at the end', async () => {
    const { server: models, client } = await start();
    models.reply(text(['Hel', 'lo']), functionCall('look', { at: 1 }, { callId: 'call_1' }));

    const stream = client.chat.completions.stream({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream_options: { include_usage: true } });
    const ids = new Set<string>();
    for await (const chunk of stream) ids.add(chunk.id);
    const completion = await stream.finalChatCompletion();

    expect(ids.size).toBe(1);
    expect(completion.choices[0]?.message).toMatchObject({ content: 'Hello', tool_calls: [{ id: 'call_1', function: { name: 'look', arguments: '{"at":1}' } }] });
    expect(completion.usage?.total_tokens).toBe(15);
  });

  it('answers without streaming', async () => {
    const { server: models, client } = await start();
    models.reply(refusal('No.'));

    const completion = await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });

    expect(completion.choices[0]?.message).toMatchObject({ content: null, refusal: 'No.' });
  });

  it('waits where the script says so', async () => {
    const { server: models, client } = await start();
    let release: () => void = () => undefined;
    models.reply(text('a'), wait(new Promise<void>((resolve) => (release = resolve))), text('b'));

    const pieces: string[] = [];
    for await (const chunk of await client.chat.completions.create({ model: 'm', messages: [], stream: true })) {
      const piece = chunk.choices[0]?.delta.content;
      if (!piece) continue;
      pieces.push(piece);
      if (piece === 'a') release();
    }

    expect(pieces).toEqual(['a', 'b']);
  });

  it('fails in the middle', async () => {
    const { server: models, client } = await start();
    models.reply(text('a'), failure('overloaded'));

    const read = async (): Promise<void> => {
      for await (const chunk of await client.chat.completions.create({ model: 'm', messages: [], stream: true })) void chunk;
    };
    await expect(read()).rejects.toThrow('overloaded');
  });
});

describe('the model server', () => {
  it('knows no other address', async () => {
    const { server: models } = await start();

    expect((await fetch(`${models.url}/embeddings`, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
