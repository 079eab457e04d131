import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { chooseStore } from '../choose-store.ts';
import { StartError } from '../start-error.ts';
import { shopTools } from './shop-tools.ts';

/** The same tools as an MCP server over standard input and output. Standard output belongs to the protocol: nothing else may write there. */
const { inventory } = await chooseStore(process.env, { pgliteFolder: '.data/inventory-mcp' }).catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
const server = new McpServer({ name: 'inventory', version: '1.0.0' });
for (const tool of shopTools) {
  server.registerTool(tool.name, { description: tool.description, inputSchema: tool.parameters }, async (input) => {
    const outcome = await tool.run(input, inventory);
    return { content: [{ type: 'text' as const, text: JSON.stringify(outcome) }] };
  });
}
await server.connect(new StdioServerTransport());
