import { asMessages, createChatKit, summarizing, tokenBudget } from '@chatkit-selfhost/core';
import { agentResponder } from '@chatkit-selfhost/core/agents';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { Agent, run, type Model } from '@openai/agents';

export function createAssistant({ model, smallModel }: { model: Model | string; smallModel: Model | string }) {
  const titler = new Agent({ name: 'Titles', model: smallModel, instructions: 'Write a title of at most six words for this conversation. Only the title.' });
  const summarizer = new Agent({ name: 'Summaries', model: smallModel, instructions: 'Summarise this conversation in a few sentences. Keep names and numbers.' });
  return createChatKit({
    store: memoryStore(),
    respond: agentResponder(new Agent({ name: 'Assistant', model, instructions: 'Be brief.' })),
    modelInput: [
      // With more than 40 entries the older ones become a summary; each part is summed up once.
      summarizing({
        after: 40,
        summarize: async (items) => {
          const text = asMessages(items).map(({ role, content }) => `${role}: ${content}`).join('\n');
          return (await run(summarizer, text)).finalOutput ?? '';
        },
      }),
      // Whatever is left has to fit.
      tokenBudget({ maxTokens: 8_000 }),
    ],
    titles: async ({ items, signal }) => {
      const first = (await items({ order: 'asc', limit: 10 })).data.find((item) => item.type === 'user_message');
      const text = first?.content.map((part) => part.text).join('') ?? '';
      return (await run(titler, text, { signal })).finalOutput ?? '';
    },
  });
}
