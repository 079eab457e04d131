import { fileURLToPath } from 'node:url';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import express from 'express';
import { chatkit } from './chatkit.ts';

const app = express();
app.use('/agent', chatkitRouter(chatkit));
app.get('/chatkit.js', (_request, response) => response.sendFile(fileURLToPath(import.meta.resolve('@chatkit-selfhost/element/chatkit.js'))));
app.use(express.static(fileURLToPath(new URL('dist', import.meta.url))));

const server = app.listen(Number(process.env['PORT'] ?? 8000), () => {
  const address = server.address();
  console.log(`http://localhost:${String(typeof address === 'object' ? address?.port : address)}`);
});
