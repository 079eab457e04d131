import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createUploads } from './create-uploads.ts';
import { OfflineModel } from './offline-model/offline-model.ts';
import { serveDesk } from './serve-desk.ts';

const DEFAULT_PORT = 8001;
const CLEAN_UP_EVERY_MS = 60_000;
const UPLOAD_FOLDER = fileURLToPath(new URL('../.data/uploads', import.meta.url));

const environment = process.env;
const port = Number(environment['PORT'] ?? DEFAULT_PORT);
const online = Boolean(environment['OPENAI_API_KEY']);
const modelName = environment['OPENAI_MODEL'] ?? 'gpt-5-mini';
// Without a secret of its own, addresses that were handed out end with the process.
const secret = environment['UPLOAD_SECRET'] ?? randomBytes(32).toString('hex');

const desk = await serveDesk({
  environment, port,
  model: online ? modelName : new OfflineModel(),
  uploads: (url) => createUploads({ folder: environment['UPLOAD_FOLDER'] ?? UPLOAD_FOLDER, url, secret }),
}).catch((error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${String(port)} is in use: set PORT to another one.` : error);
  process.exit(1);
});
desk.chatkit.startCleanup({ everyMs: CLEAN_UP_EVERY_MS });
console.log(`Support desk: ${desk.url}`);
console.log(`  model: ${online ? modelName : 'offline (set OPENAI_API_KEY to use OpenAI)'}`);
console.log(`  store: ${desk.description}`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await desk.close();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
