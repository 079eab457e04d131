import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import type { ChatKitServer } from '@chatkit-selfhost/core';
import compression from 'compression';
import express from 'express';

export function createApp(chatkit: ChatKitServer) {
  const app = express();
  // One proxy in front: addresses and protocol come from its headers.
  app.set('trust proxy', 1);
  // Streams pass through uncompressed and unbuffered: they say `no-transform`.
  app.use(compression());
  app.use('/agent', chatkitRouter(chatkit));
  return app;
}
