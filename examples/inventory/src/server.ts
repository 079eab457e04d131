import { createServer } from 'node:http';
import { createAssistant } from './assistant.ts';
import { chooseStore } from './choose-store.ts';
import { createApp } from './create-app.ts';
import { OfflineModel } from './offline-model/offline-model.ts';
import { localTools, mcpTools } from './tools/tool-runner.ts';

const DEFAULT_PORT = 8000;
const CLEAN_UP_EVERY_MS = 60_000;

const environment = process.env;
const port = Number(environment['PORT'] ?? DEFAULT_PORT);
const chosen = await chooseStore(environment);
const overMcp = environment['CHATKIT_TOOLS'] === 'mcp';
const tools = overMcp ? await mcpTools(environment) : localTools(chosen.inventory);
const online = Boolean(environment['OPENAI_API_KEY']);
const modelName = environment['OPENAI_MODEL'] ?? 'gpt-5-mini';
const chatkit = createAssistant({ store: chosen.store, tools, model: online ? modelName : new OfflineModel() });
await chatkit.ready();
chatkit.startCleanup({ everyMs: CLEAN_UP_EVERY_MS });

const server = createServer(createApp(chatkit));
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${String(port)} is in use: set PORT to another one.` : error);
  process.exit(1);
});
server.listen(port, () => {
  console.log(`Inventory assistant: http://localhost:${String(port)}`);
  console.log(`  model: ${online ? modelName : 'offline (set OPENAI_API_KEY to use OpenAI)'}`);
  console.log(`  store: ${chosen.description}`);
  console.log(`  tools: ${overMcp ? 'MCP server over stdio' : 'in this process'}`);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.close();
  await chatkit.close();
  await tools.close();
  await chosen.close();
  server.closeAllConnections();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
