import { createServer, type RequestListener } from 'node:http';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import type { ChatKitServer } from '@chatkit-selfhost/core';
import express from 'express';
import { TestClient } from '../../integration/client.js';
import { listen } from '../../integration/serve.js';

export interface ServedGuide extends AsyncDisposable {
  url: string;
  /** With a session of its own. */
  newClient: () => Promise<TestClient>;
}

/** Serves a guide's server as an app would. */
// Only `any` accepts a server of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function serveGuide(chatkit: ChatKitServer<any>): Promise<ServedGuide> {
  return serveApp(express().use('/agent', chatkitRouter(chatkit)), chatkit);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export async function serveApp(app: RequestListener, chatkit: ChatKitServer<any>): Promise<ServedGuide> {
  await chatkit.ready();
  const served = await listen(createServer(app));
  return {
    url: served.url,
    newClient: () => new TestClient(served.url).start(),
    [Symbol.asyncDispose]: async () => {
      await served.close();
      await chatkit.close();
    },
  };
}
