import { startModelServer, text, wait } from '@chatkit-selfhost/core/testing';
import OpenAI from 'openai';
import { expect, it, vi } from 'vitest';
import { createAssistant } from '../../../docs/guides/stop-and-keep-the-text.js';
import { readFrames, textInput, until } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

it.each(['by the stop button of a client that resumes', 'by a connection that is lost'])('stopped %s: the request to the model ends, and the text so far is kept', async (how) => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  await using model = await startModelServer();
  model.reply(text(['The first half. ', new Promise(() => undefined)]), wait(new Promise(() => undefined)));
  await using guide = await serveGuide(createAssistant(new OpenAI({ baseURL: model.url, apiKey: 'test' })));
  const client = await guide.newClient();
  const resumes = how.startsWith('by the stop');
  const gone = new AbortController();
  const response = await client.open('threads.create', { input: textInput('Tell me everything') }, { signal: gone.signal, headers: resumes ? { 'x-chatkit-capabilities': 'resume' } : {} });
  let threadId = '';
  for await (const { event } of readFrames(response)) {
    if (event.type === 'thread.created') threadId = event.thread.id;
    if (event.type === 'thread.item.updated') break;
  }
  if (resumes) await client.post(`/runs/${response.headers.get('x-chatkit-run-id') ?? ''}/cancel`, {});
  else gone.abort();

  expect(await (await model.request(0)).closed).toBe('aborted');
  const message = await until(async () => (await client.items(threadId)).find((item) => item['type'] === 'assistant_message'));
  expect(JSON.stringify(message)).toContain('The first half. ');
  await until(async () => log.mock.calls.length > 0);
  expect(log).toHaveBeenCalledWith('cancelled', 'The first half. '.length);
});
