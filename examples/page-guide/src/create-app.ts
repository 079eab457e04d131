import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import type { ChatKitServer } from '@chatkit-selfhost/core';
import express, { type Express } from 'express';
import { TRAILS } from './trails/trails.ts';

const ELEMENT_FOLDER = dirname(fileURLToPath(import.meta.resolve('@chatkit-selfhost/element/chatkit.js')));
const PAGE_FOLDER = fileURLToPath(new URL('./page', import.meta.url));

/** The page with its trails, and the guide below `/agent`. */
export function createApp(chatkit: ChatKitServer): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use('/agent', chatkitRouter(chatkit));
  app.get('/trails.json', (_request, response) => void response.json(TRAILS));
  app.use('/element', express.static(ELEMENT_FOLDER));
  app.use(express.static(PAGE_FOLDER));
  return app;
}
