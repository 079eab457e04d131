import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatKitServer, Uploads } from '@chatkit-selfhost/core';
import type { Model } from '@openai/agents';
import type { Express } from 'express';
import { createSupportDesk } from './assistant.ts';
import { chooseStore, type ChosenStore } from './choose-store.ts';
import { createApp } from './create-app.ts';

export interface ServeOptions {
  environment: Record<string, string | undefined>;
  model: Model | string;
  /** 0: a free one. */
  port: number;
  /** Addresses of files begin with the server's own, which is known once it listens. */
  uploads: (url: string) => Uploads;
  /** Another instance's database; given, it is not closed here. */
  chosen?: ChosenStore | undefined;
}

export interface ServedDesk {
  url: string;
  description: string;
  chosen: ChosenStore;
  chatkit: ChatKitServer;
  close: () => Promise<void>;
}

/** The whole app on a port. Any number of instances may share one database. */
export async function serveDesk({ environment, model, port, uploads, chosen: given }: ServeOptions): Promise<ServedDesk> {
  const chosen = given ?? (await chooseStore(environment));
  const app = Promise.withResolvers<Express>();
  const server = createServer((request, response) => {
    void app.promise.then((handle): void => void handle(request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const url = environment['PUBLIC_URL'] ?? `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const chatkit = createSupportDesk({ store: chosen.store, desk: chosen.desk, model, uploads: uploads(url) });
  await chatkit.ready();
  app.resolve(createApp(chatkit));
  return {
    url, chosen,
    description: chosen.description,
    chatkit: chatkit as unknown as ChatKitServer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await chatkit.close();
      if (!given) await chosen.close();
    },
  };
}
