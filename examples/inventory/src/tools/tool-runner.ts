import { fileURLToPath } from 'node:url';
import { turnTool } from '@chatkit-selfhost/core/agents';
import type { Turn } from '@chatkit-selfhost/core';
import { MCPServerStdio, type MCPServer, type Tool } from '@openai/agents';
import { StartError } from '../start-error.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { responseTypes } from './response-types.ts';
import { shopTools, type ToolOutcome } from './shop-tools.ts';

export type AppTurn = Turn<{ context: { ownerId: string }; responseTypes: typeof responseTypes }>;

/** How the tools are run: for the agent, and for the buttons of widgets. */
export interface ToolRunner {
  tools: Tool<AppTurn>[];
  mcpServers: MCPServer[];
  call: (name: string, input: Record<string, unknown>) => Promise<ToolOutcome>;
  close: () => Promise<void>;
}

/** In this process: a tool shows its reply itself. */
export function localTools(inventory: Inventory): ToolRunner {
  return {
    tools: shopTools.map((tool) =>
      turnTool({
        name: tool.name, description: tool.description, parameters: tool.parameters,
        execute: async (input, turn: AppTurn) => {
          const { text, reply } = await tool.run(input, inventory);
          if (reply) await turn.reply(reply);
          return text;
        },
      }),
    ),
    mcpServers: [],
    call: async (name, input) => {
      const tool = shopTools.find((candidate) => candidate.name === name);
      if (!tool) throw new Error(`There is no tool "${name}".`);
      return tool.run(input, inventory);
    },
    close: async () => undefined,
  };
}

/** How long the other process may take to start, or to answer: a busy machine may need more than the SDK's five seconds for it. */
const MCP_SECONDS = 60;

/** In a process of their own, which speaks MCP over its standard streams. The outcome comes back as JSON: see `showOutcome`. */
export async function mcpTools(environment: Record<string, string | undefined>): Promise<ToolRunner> {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const server = new MCPServerStdio({
    name: 'inventory', command: process.execPath, args: [...process.execArgv, fileURLToPath(new URL('./mcp-server.ts', import.meta.url))],
    env: Object.fromEntries(given), cacheToolsList: true,
    clientSessionTimeoutSeconds: MCP_SECONDS,
  });
  try {
    await server.connect();
  } catch (error) {
    await server.close().catch(() => undefined);
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'no reason given';
    throw new StartError(`The MCP server of the tools did not start: ${reason ?? ''}. Leave CHATKIT_TOOLS out to run the tools in this process.`, { cause: error });
  }
  return {
    tools: [],
    mcpServers: [server],
    call: async (name, input) => parseOutcome(await server.callTool(name, input)) ?? { text: 'Done.', reply: null },
    close: () => server.close(),
  };
}

/** The outcome in what an MCP tool returned; null when there is none. */
export function parseOutcome(output: unknown): ToolOutcome | null {
  const text = textOf(output);
  try {
    const parsed = JSON.parse(text) as Partial<ToolOutcome> | null;
    return typeof parsed?.text === 'string' ? { text: parsed.text, reply: parsed.reply ?? null } : null;
  } catch {
    return null;
  }
}

function textOf(output: unknown): string {
  if (typeof output === 'string') return output;
  if (Array.isArray(output)) return output.map(textOf).join('');
  return typeof output === 'object' && output !== null && 'text' in output && typeof output.text === 'string' ? output.text : '';
}
