import { createServer } from 'node:http';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import { createApp } from './create-app.ts';
import { createGuide } from './guide.ts';
import { OfflineModel } from './offline-model/offline-model.ts';

const DEFAULT_PORT = 8002;
const CLEAN_UP_EVERY_MS = 60_000;
const MOST_THREADS = 10_000;

const environment = process.env;
const port = Number(environment['PORT'] ?? DEFAULT_PORT);
const online = Boolean(environment['OPENAI_API_KEY']);
const modelName = environment['OPENAI_MODEL'] ?? 'gpt-5-mini';
const chatkit = createGuide({ store: memoryStore({ maxThreads: MOST_THREADS }), model: online ? modelName : new OfflineModel() });
await chatkit.ready();
chatkit.startCleanup({ everyMs: CLEAN_UP_EVERY_MS });

const server = createServer(createApp(chatkit));
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${String(port)} is in use: set PORT to another one.` : error);
  process.exit(1);
});
server.listen(port, () => {
  console.log(`Trail guide: http://localhost:${String(port)}`);
  console.log(`  model: ${online ? modelName : 'offline (set OPENAI_API_KEY to use OpenAI)'}`);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.close();
  await chatkit.close();
  server.closeAllConnections();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
