import { createChatKit, type Store, type Turn } from '@chatkit-selfhost/core';
import { agentResponder, turnTool } from '@chatkit-selfhost/core/agents';
import { Agent, type Model } from '@openai/agents';
import { z } from 'zod';

export function createAssistant({ store, model, pay }: { store: Store; model: Model | string; pay: (refund: { key: string; bill: string; amount: number }) => Promise<void> }) {
  const refund = turnTool({
    name: 'refund',
    description: 'Pay a bill back. Just call it: larger amounts are put to a human first.',
    parameters: z.object({ bill: z.string(), amount: z.number().positive() }),
    needsApproval: ({ amount }, _turn: Turn) => amount > 100,
    execute: async ({ bill, amount }, _turn: Turn, { callId }) => {
      // A call that was put to a human keeps its id, however often it is tried: let your payment provider have it as its idempotency key.
      await pay({ key: callId, bill, amount });
      return `Paid ${String(amount)} back for ${bill}.`;
    },
  });
  const agent = new Agent<Turn>({ name: 'Billing', model, instructions: 'Help with bills.', tools: [refund] });
  return createChatKit({
    store,
    respond: agentResponder(agent, {
      approval: ({ tool, input }) => ({ title: `May I ${tool}?`, details: input }),
    }),
  });
}
