import { Card, createChatKit, defineResponseTypes, Row, Text, Title, type Turn } from '@chatkit-selfhost/core';
import { agentResponder, turnTool } from '@chatkit-selfhost/core/agents';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { Agent, type Model } from '@openai/agents';
import { z } from 'zod';

const responseTypes = defineResponseTypes({
  bill: {
    schema: z.object({ customer: z.string(), lines: z.array(z.object({ name: z.string(), price: z.number() })), total: z.number() }),
    // Shown in a ChatKit thread.
    widget: ({ customer, lines, total }) =>
      Card({ size: 'sm' }, [
        Title({ value: customer, size: 'sm' }),
        ...lines.map(({ name, price }) => Row({ justify: 'between' }, [Text({ value: name }), Text({ value: price.toFixed(2) })])),
        Row({ justify: 'between' }, [Text({ value: 'Total', weight: 'bold' }), Text({ value: total.toFixed(2), weight: 'bold' })]),
      ]),
    // The text of `/chat` when the model writes none.
    message: ({ total }) => `The bill comes to ${total.toFixed(2)}.`,
  },
});
type AppTurn = Turn<{ context: { ownerId: string }; responseTypes: typeof responseTypes }>;

const writeBill = turnTool({
  name: 'write_bill',
  description: 'Write a bill and show it.',
  parameters: z.object({ customer: z.string(), lines: z.array(z.object({ name: z.string(), price: z.number() })) }),
  execute: async ({ customer, lines }, turn: AppTurn) => {
    const total = lines.reduce((sum, { price }) => sum + price, 0);
    await turn.reply({ type: 'bill', data: { customer, lines, total } });
    return `The bill comes to ${total.toFixed(2)}.`;
  },
});

export function createAssistant(model: Model | string) {
  const agent = new Agent<AppTurn>({ name: 'Billing', model, instructions: 'Write bills.', tools: [writeBill] });
  return createChatKit({ store: memoryStore(), responseTypes, respond: agentResponder(agent) });
}
