import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import { scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { memoryStore } from '@chatkit-selfhost/store-memory';
import express from 'express';
import { expect, it } from 'vitest';
import { createAssistant } from '../../../docs/guides/attachments.js';
import { TestClient, textInput } from '../../integration/client.js';
import { listen } from '../../integration/serve.js';

it('an uploaded file reaches the model in the form that the app chose', async () => {
  const folder = await mkdtemp(`${tmpdir()}/attachments-guide-`);
  const app = express();
  const served = await listen(createServer(app));
  const model = scriptedModel([[text('I see.')]]);
  const chatkit = createAssistant({ store: memoryStore(), model, folder, baseUrl: served.url, secret: 'thirty-two characters or more of it' });
  app.use('/agent', chatkitRouter(chatkit));
  try {
    const client = await new TestClient(served.url).start();
    const upload = async (name: string, type: string, bytes: string) => {
      const { json } = await client.call('attachments.create', { name, size: bytes.length, mime_type: type });
      const { url, method, headers } = json['upload_descriptor'] as { url: string; method: string; headers: Record<string, string> };
      expect((await fetch(url, { method, headers, body: bytes })).ok).toBe(true);
      return json['id'];
    };
    const attachments = [await upload('notes.txt', 'text/plain', 'buy milk'), await upload('plan.pdf', 'application/pdf', PDF)];
    const answer = await client.call('threads.create', { input: { ...(textInput('Read these') as object), attachments } });
    expect(answer.status).toBe(200);
    expect(model.calls[0]?.input).toMatchObject([
      { role: 'user', content: [{ text: 'Read these' }, { type: 'input_text', text: 'notes.txt:\nbuy milk' }, { type: 'input_file', filename: 'plan.pdf', file: `data:application/pdf;base64,${btoa(PDF)}` }] },
    ]);
    expect((await client.call('attachments.create', { name: 'a.exe', size: 1, mime_type: 'application/x-msdownload' })).status).toBe(415);
  } finally {
    await served.close();
    await chatkit.close();
    await rm(folder, { recursive: true });
  }
});

const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
