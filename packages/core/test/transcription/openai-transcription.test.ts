import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { openaiTranscription } from '@chatkit-selfhost/core';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Takes what the official client sends, and answers as the API does. */
async function transcriptionServer({ answers = true } = {}): Promise<{ client: OpenAI; received: { path: string; form: FormData }[]; whenAsked: Promise<void> }> {
  const received: { path: string; form: FormData }[] = [];
  const { promise: whenAsked, resolve: asked } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = new Response(new Uint8Array(await buffer(request)), { headers: { 'content-type': request.headers['content-type'] ?? '' } });
      received.push({ path: request.url ?? '', form: await body.formData() });
      asked();
      if (answers) response.setHeader('content-type', 'application/json').end('{"text":"How many are left?"}');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { client: new OpenAI({ apiKey: 'test', baseURL: `http://127.0.0.1:${String(port)}/v1`, maxRetries: 0 }), received, whenAsked };
}

const going = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

describe('openaiTranscription', () => {
  it('sends the recording through the official client and gives its text', async () => {
    const { client, received } = await transcriptionServer();
    const text = await openaiTranscription({ client })(new Blob(['sound'], { type: 'audio/webm;codecs=opus' }), going());
    expect(text).toBe('How many are left?');
    expect(received[0]?.path).toBe('/v1/audio/transcriptions');
    const file = received[0]?.form.get('file') as File;
    expect(await file.text()).toBe('sound');
    expect(received[0]?.form.get('model')).toBe('gpt-4o-mini-transcribe');
    expect(received[0]?.form.has('language')).toBe(false);
  });

  it('passes the model, the language and the words to expect', async () => {
    const { client, received } = await transcriptionServer();
    await openaiTranscription({ client, model: 'whisper-1', language: 'de', prompt: 'Flansch' })(new Blob(['sound'], { type: 'audio/mp4' }), going());
    const form = received[0]?.form;
    expect([form?.get('model'), form?.get('language'), form?.get('prompt')]).toEqual(['whisper-1', 'de', 'Flansch']);
  });

  it.each([
    ['audio/webm;codecs=opus', 'recording.webm'],
    ['audio/mp4', 'recording.mp4'],
    ['audio/ogg;codecs=opus', 'recording.ogg'],
    ['AUDIO/WAV', 'recording.wav'],
    ['constructor', 'recording.webm'],
  ])('names a recording of type %s %s, by which the API knows its format', async (type, name) => {
    const { client, received } = await transcriptionServer();
    await openaiTranscription({ client })(new Blob(['sound'], { type }), going());
    expect((received[0]?.form.get('file') as File).name).toBe(name);
  });

  it('stops when the user does', async () => {
    const { client, whenAsked } = await transcriptionServer({ answers: false });
    const stop = new AbortController();
    const transcribing = openaiTranscription({ client })(new Blob(['sound'], { type: 'audio/webm' }), { signal: stop.signal });
    await whenAsked;
    stop.abort();
    await expect(transcribing).rejects.toThrow(/abort/i);
  });
});
