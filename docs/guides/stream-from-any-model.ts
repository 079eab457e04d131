import { asMessages, createChatKit, recentMessages } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { streamText, type LanguageModel } from 'ai';
import type OpenAI from 'openai';

/** Anything that speaks Chat Completions: OpenAI, Ollama, vLLM, LM Studio, a gateway. */
export function answerByChatCompletions(openai: OpenAI, model: string) {
  return createChatKit({
    store: memoryStore(),
    modelInput: recentMessages({ limit: 20 }),
    async *respond({ modelInput, signal }) {
      const messages = asMessages(await modelInput());
      const stream = await openai.chat.completions.create({ model, messages, stream: true }, { signal });
      for await (const chunk of stream) yield chunk.choices[0]?.delta.content ?? '';
    },
  });
}

/** The AI SDK, with any of its providers: hand over its text stream. */
export function answerByAiSdk(model: LanguageModel) {
  return createChatKit({
    store: memoryStore(),
    respond: async ({ modelInput, signal }) => {
      const messages = asMessages(await modelInput());
      const instructions = messages.filter(({ role }) => role === 'system').map(({ content }) => content).join('\n');
      return streamText({ model, instructions, messages: messages.filter(({ role }) => role !== 'system'), abortSignal: signal }).textStream;
    },
  });
}
