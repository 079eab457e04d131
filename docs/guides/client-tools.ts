import { createChatKit, type Turn } from '@chatkit-selfhost/core';
import { agentResponder, turnTool } from '@chatkit-selfhost/core/agents';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { Agent, type Model } from '@openai/agents';
import { z } from 'zod';

const getCart = turnTool({
  name: 'get_cart',
  description: 'Ask the page what is in the cart.',
  parameters: z.object({}),
  execute: async (_input, turn: Turn) => {
    await turn.callClientTool({ name: 'get_cart' });
    return 'The page was asked.';
  },
});

export function createAssistant(model: Model | string) {
  const agent = new Agent<Turn>({
    name: 'Shop', model, tools: [getCart], instructions: 'Help the customer with the cart.',
    // The agent stops here: the page's answer begins a new turn, and the model gets it as the result of its call.
    toolUseBehavior: { stopAtToolNames: ['get_cart'] },
  });
  return createChatKit({ store: memoryStore(), respond: agentResponder(agent) });
}
