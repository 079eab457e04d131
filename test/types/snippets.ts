// How the server packages are used: checked by tsc, not run.
import { Agent, run } from '@openai/agents';
import express from 'express';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { z } from 'zod';
import {
  agentInput, agentResponder, asMessages, ChatKitError, chatkitRouter, createChatKit, defineActions, defineResponseTypes, memoryStore,
  postgresStore, recentMessages, redisStore, streamAgentResponse, tokenBudget, turnTool,
  type ContextOf, type Turn,
} from './api.js';

// ── 1. Quick start with Express ──
{
  const chatkit = createChatKit({
    store: memoryStore(),
    respond: agentResponder(new Agent({ name: 'Assistant', instructions: 'Be brief.' })),
  });
  express().use('/agent', chatkitRouter(chatkit)).listen(8000);
}

// ── 2. Custom responder: yield strings for text, events for the rest; or hand over any SDK's text stream ──
{
  createChatKit({
    store: memoryStore(),
    modelInput: [recentMessages({ limit: 50 }), tokenBudget({ maxTokens: 8_000 })],
    async *respond({ userText, signal }) {
      yield { type: 'progress_update', text: 'Looking it up', icon: 'search' };
      const answer = await fetch(`https://example.com/search?q=${encodeURIComponent(userText)}`, { signal });
      yield `I found this: ${await answer.text()}`;
      yield { type: 'notice', level: 'info', message: 'Searched example.com' };
    },
  });
  /** Any SDK's text stream, such as the AI SDK's. */
  const streamText = (_options: { messages: ReturnType<typeof asMessages>; abortSignal: AbortSignal }) => ({ textStream: (async function* () { yield 'text'; })() });
  createChatKit({
    store: memoryStore(),
    respond: async ({ modelInput, signal }) => streamText({ messages: asMessages(await modelInput()), abortSignal: signal }).textStream,
  });
}

// ── 3. Identity: the one place that says who the caller is ──
const users = { async fromCookie(_cookie: string | null) { return { id: 'u1', shop: 'bazaar', role: 'clerk' as 'clerk' | 'owner' }; } };
export const authenticate = async (request: Request) => {
  const user = await users.fromCookie(request.headers.get('cookie'));
  return user && { ownerId: user.id, shop: user.shop, role: user.role }; // null: 401
};

// ── 4. Tools with a turn handle; response types and actions that carry their data types ──
const actions = defineActions({
  restock: { payload: z.object({ sku: z.string() }), form: z.object({ quantity: z.coerce.number().int() }) },
  dismiss: { streaming: false },
});
const responseTypes = defineResponseTypes({
  item_created: {
    schema: z.object({ sku: z.string(), name: z.string(), kg: z.number(), addedAt: z.date() }),
    widget: (item) => ({ type: 'Card', children: [
      { type: 'Text', value: `${item.name}: ${item.kg} kg` },
      { type: 'Button', label: 'Restock', onClickAction: actions.restock({ sku: item.sku }) },
    ] }),
  },
  item_list: { schema: z.object({ items: z.array(z.object({ name: z.string(), kg: z.number() })) }) },
});
type AppTurn = Turn<{ context: ContextOf<typeof authenticate>; responseTypes: typeof responseTypes }>;

const addItem = turnTool({
  name: 'add_item', description: 'Add stock',
  parameters: z.object({ name: z.string(), kg: z.number().positive() }),
  async execute({ name, kg }, turn: AppTurn) {
    turn.sendProgress({ text: `Adding ${name}` });
    const sku = await saveItem({ shop: turn.context.shop, name, kg });
    await turn.reply({ type: 'item_created', data: { sku, name, kg, addedAt: new Date() } });
    return `Added ${kg} kg of ${name}.`;
  },
});

// ── 5. Human approval: mark the tool; the run is stored, a card asks, the click resumes it on any node ──
const refund = turnTool({
  name: 'refund', description: 'Refund a bill', parameters: z.object({ bill: z.string(), amount: z.number() }),
  needsApproval: ({ amount }, turn: AppTurn) => amount > 100 && turn.context.role !== 'owner',
  async execute({ bill }, turn: AppTurn) {
    if (turn.thread.status.type !== 'active') throw new ChatKitError({ code: 'thread_locked', message: 'This chat is locked.', status: 409 });
    return `Refunded ${bill}.`;
  },
});
const agent = new Agent<AppTurn>({ name: 'Inventory', instructions: 'Help the clerk.', tools: [addItem, refund] });

export const chatkit = createChatKit({
  store: memoryStore(),
  authenticate, responseTypes, actions,
  respond: agentResponder(agent, { approval: ({ tool, input }) => ({ title: `Allow ${tool}?`, details: input }) }),
  onAction: {
    restock: async (turn, { payload }) => {
      await turn.sendText(`Ordered ${payload.quantity} of ${payload.sku} for ${turn.context.shop}.`);
    },
    dismiss: () => ({ type: 'Card', children: [], status: { text: 'Dismissed' } }), // replaces the clicked widget
  },
});
export const POST = chatkit.fetch; // Next.js; `export default chatkit` for Bun, Deno, workers

// The same by hand, with your own `run()`:
createChatKit({ store: memoryStore(), authenticate, responseTypes, async *respond(turn) {
  const result = await run(agent, await agentInput({ agent, turn }), { stream: true, context: turn, signal: turn.signal });
  yield* streamAgentResponse({ result, turn });
} });

// ── 6. Swapping storage: one line each ──
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const client = new Redis();
export function chooseStore(kind: 'memory' | 'postgres' | 'postgres+redis') {
  switch (kind) {
    case 'memory': return memoryStore();
    case 'postgres': return postgresStore({ pool });
    case 'postgres+redis': {
      const { sessions, runs } = redisStore({ client, keyPrefix: 'shop:' });
      return { ...postgresStore({ pool }), sessions, runs };
    }
  }
}

declare function saveItem(item: { shop: string; name: string; kg: number }): Promise<string>;
