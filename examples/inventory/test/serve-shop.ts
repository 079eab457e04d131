import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAssistant } from '../src/assistant.ts';
import { chooseStore } from '../src/choose-store.ts';
import { createApp } from '../src/create-app.ts';
import { OfflineModel } from '../src/offline-model/offline-model.ts';
import { localTools, mcpTools } from '../src/tools/tool-runner.ts';

export interface Shop {
  url: string;
  /** Posts to the assistant; with a session where one is given. */
  post: (path: string, body: unknown, sessionId?: string) => Promise<Response>;
  newSession: () => Promise<string>;
  close: () => Promise<void>;
}

/** The whole app on a free port, as `npm start` makes it. */
export async function serveShop(environment: Record<string, string> = { CHATKIT_STORE: 'memory' }): Promise<Shop> {
  const chosen = await chooseStore(environment);
  const tools = environment['CHATKIT_TOOLS'] === 'mcp' ? await mcpTools({ ...process.env, ...environment }) : localTools(chosen.inventory);
  const chatkit = createAssistant({ store: chosen.store, tools, model: new OfflineModel() });
  await chatkit.ready();
  const server = createServer(createApp(chatkit));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const post: Shop['post'] = (path, body, sessionId) =>
    fetch(`${url}/agent${path}`, {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(sessionId === undefined ? {} : { 'x-chatkit-session': sessionId }) },
    });
  return {
    url, post,
    newSession: async () => ((await (await post('/session', {})).json()) as { session_id: string }).session_id,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await chatkit.close();
      await tools.close();
      await chosen.close();
    },
  };
}
