import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import type { ChatKitServer } from '@chatkit-selfhost/core';
import express, { type Express } from 'express';

const ELEMENT_FOLDER = dirname(fileURLToPath(import.meta.resolve('@chatkit-selfhost/element/chatkit.js')));
const WIDGET_FILE = fileURLToPath(import.meta.resolve('@chatkit-selfhost/widget/browser'));
const PAGE_FOLDER = fileURLToPath(new URL('./page', import.meta.url));

/** The page, and the assistant below `/agent`. */
// Only `any` accepts a server of every app.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function createApp(chatkit: ChatKitServer<any>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use('/agent', chatkitRouter(chatkit));
  app.get('/widget.js', (_request, response) => response.sendFile(WIDGET_FILE));
  app.use('/element', express.static(ELEMENT_FOLDER));
  app.use(express.static(PAGE_FOLDER));
  return app;
}
