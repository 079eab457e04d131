import { createChatKit, recentMessages, type ChatKitServer, type Logger, type Store } from '@chatkit-selfhost/core';
import { agentInput, streamAgentResponse } from '@chatkit-selfhost/core/agents';
import { Agent, Runner, type Model, type RunItem } from '@openai/agents';
import { actions, listWidget, responseTypes } from './tools/response-types.ts';
import { parseOutcome, type AppTurn, type ToolRunner } from './tools/tool-runner.ts';

export interface AssistantOptions {
  store: Store;
  tools: ToolRunner;
  /** A model of its own, or the name of one of OpenAI's. */
  model: Model | string;
  logger?: Logger | undefined;
}

const INSTRUCTIONS = [
  'You help the clerks of a small shop with its inventory and bills.',
  'Use the tools for everything about stock and bills; never make up numbers. After a tool has run, say in one short sentence what came of it.',
  'When something can’t be done, say why.',
].join(' ');

const RESTOCK_QUANTITY = 10;

/** The shop's assistant: one agent, the shop's tools, the conversations in the store. */
export function createAssistant({ store, tools, model, logger }: AssistantOptions): ChatKitServer<{ context: { ownerId: string }; responseTypes: typeof responseTypes }> {
  const agent = new Agent<AppTurn>({ name: 'Inventory assistant', instructions: INSTRUCTIONS, model, tools: tools.tools, mcpServers: tools.mcpServers });
  const runner = new Runner({ tracingDisabled: true });

  async function currentList(title: string) {
    const { reply } = await tools.call('list_inventory', {});
    return listWidget(reply?.type === 'item_list' ? { ...reply.data, title } : { title, items: [] });
  }

  return createChatKit({
    store, logger, responseTypes, actions,
    modelInput: recentMessages({ limit: 5, maxChars: 200 }),
    async *respond(turn) {
      const result = await runner.run(agent, await agentInput({ agent, turn }), { stream: true, context: turn, signal: turn.signal });
      yield* streamAgentResponse({ result, turn });
      for (const outcome of mcpOutcomes(result.newItems)) if (outcome.reply) await turn.reply(outcome.reply);
    },
    onAction: {
      restock: async (turn, { payload: { name, title } }) => {
        const { text } = await tools.call('add_item', { name, quantity: RESTOCK_QUANTITY, unit: null, price: null });
        await turn.sendText(text);
        return currentList(title);
      },
      refresh: (_turn, { payload: { title } }) => currentList(title),
    },
  });
}

/** Tools in another process can't show anything themselves: what they want shown is in what they returned. */
function mcpOutcomes(items: RunItem[]) {
  return items.flatMap((item) => (item.type === 'tool_call_output_item' ? (parseOutcome(item.output) ?? []) : []));
}
