import { createServer } from 'node:http';
import { createAssistant } from './assistant.ts';
import { chooseStore } from './choose-store.ts';
import { createApp } from './create-app.ts';
import { OfflineModel } from './offline-model/offline-model.ts';
import { StartError } from './start-error.ts';
import { localTools, mcpTools } from './tools/tool-runner.ts';

const DEFAULT_PORT = '8000';
const CLEAN_UP_EVERY_MS = 60_000;

try {
  await start(process.env);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  const port = portOf(environment['PORT'] ?? DEFAULT_PORT);
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
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    server.close();
    await chatkit.close();
    await tools.close();
    await chosen.close();
    server.closeAllConnections();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new StartError(`PORT is "${text}"; it has to be a number from 0 to 65535.`);
  return port;
}
