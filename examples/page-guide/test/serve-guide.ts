import { createServer } from 'node:http';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import type { Model } from '@openai/agents';
import { listen, type Served } from '../../../test/integration/serve.ts';
import { createApp } from '../src/create-app.ts';
import { createGuide } from '../src/guide.ts';
import { OfflineModel } from '../src/offline-model/offline-model.ts';

/** The whole app on a free port, as `npm start` makes it; `url` is the page's. */
export async function serveGuide(model: Model = new OfflineModel()): Promise<Served> {
  const chatkit = createGuide({ store: memoryStore(), model });
  await chatkit.ready();
  const served = await listen(createServer(createApp(chatkit)), '');
  return {
    url: served.url,
    close: async () => {
      await served.close();
      await chatkit.close();
    },
  };
}
