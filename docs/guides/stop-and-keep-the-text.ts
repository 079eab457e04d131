import { asMessages, createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import type OpenAI from 'openai';

export function createAssistant(openai: OpenAI) {
  return createChatKit({
    store: memoryStore(),
    limits: { turnTimeoutMs: 2 * 60_000 },
    async *respond({ modelInput, signal }) {
      const messages = asMessages(await modelInput());
      // The signal ends the request to the model: no more tokens are made, nor paid for.
      const stream = await openai.chat.completions.create({ model: 'gpt-5-mini', messages, stream: true }, { signal });
      for await (const chunk of stream) yield chunk.choices[0]?.delta.content ?? '';
    },
    hooks: {
      turnEnd: ({ outcome, agentResponse }) => console.log(outcome, agentResponse.length),
    },
  });
}
