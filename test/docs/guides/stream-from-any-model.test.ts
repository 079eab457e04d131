import { startModelServer, text } from '@chatkit-selfhost/core/testing';
import { simulateReadableStream } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { answerByAiSdk, answerByChatCompletions } from '../../../docs/guides/stream-from-any-model.js';
import { streamedText } from '../../integration/client.js';
import { serveGuide } from './serve-guide.js';

describe('streaming from any model', () => {
  it('works with whatever speaks Chat Completions', async () => {
    await using model = await startModelServer();
    model.reply(text(['It is ', 'noon.']));
    model.reply(text('Still noon.'));
    await using guide = await serveGuide(answerByChatCompletions(new OpenAI({ baseURL: model.url, apiKey: 'test' }), 'local'));
    const client = await guide.newClient();
    const { answer, threadId } = await client.createThread('What time is it?');
    expect(streamedText(answer.events)).toBe('It is noon.');
    await client.say(threadId, 'And now?');
    expect(model.requests[1]?.input).toMatchObject([
      { role: 'user', content: 'What time is it?' }, { role: 'assistant', content: 'It is noon.' }, { role: 'user', content: 'And now?' },
    ]);
  });

  it('works with the AI SDK', async () => {
    const model = new MockLanguageModelV4({
      doStream: async () => ({
        stream: simulateReadableStream({
          chunks: [
            { type: 'text-start', id: '1' }, { type: 'text-delta', id: '1', delta: 'It is ' }, { type: 'text-delta', id: '1', delta: 'noon.' }, { type: 'text-end', id: '1' },
            { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage: { inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 1, text: 1, reasoning: 0 } } },
          ],
        }),
      }),
    });
    await using guide = await serveGuide(answerByAiSdk(model));
    const { answer } = await (await guide.newClient()).createThread('What time is it?');
    expect(streamedText(answer.events)).toBe('It is noon.');
    expect(JSON.stringify(model.doStreamCalls[0]?.prompt)).toContain('What time is it?');
  });
});
