import { fileURLToPath } from 'node:url';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { createChatKit } from '@chatkit-selfhost/core';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';

const chatkit = createChatKit({
  store: memoryStore(),
  // Your model goes here: yield its text as it comes.
  async *respond({ userText }) {
    yield 'You said: ';
    yield userText;
  },
});

const file = (name: string): string => fileURLToPath(import.meta.resolve(name));

const app = express();
app.use('/agent', chatkitRouter(chatkit));
app.get('/', (_request, response) => response.sendFile(fileURLToPath(new URL('index.html', import.meta.url))));
app.get('/widget.js', (_request, response) => response.sendFile(file('@chatkit-selfhost/widget/browser')));
app.get('/chatkit.js', (_request, response) => response.sendFile(file('@chatkit-selfhost/element/chatkit.js')));

const server = app.listen(Number(process.env['PORT'] ?? 8000), () => {
  const address = server.address();
  console.log(`http://localhost:${String(typeof address === 'object' ? address?.port : address)}`);
});
