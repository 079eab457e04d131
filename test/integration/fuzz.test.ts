import { Agent, createServer, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { chatkitRouter } from '@chatkit-selfhost/adapter-express';
import express from 'express';
import fc from 'fast-check';
import { afterAll, afterEach, expect, it } from 'vitest';
import { anyCharacter } from '../../packages/core/src/testing/any-character.js';
import { TestClient, textInput } from './client.js';
import { sampleServer, type SampleServer } from './sample-server.js';
import { fetchServer, listen, type Served } from './serve.js';

/** How an app may serve, with how many bodies each gets. */
const DOORS: [name: string, bodies: number, serve: (chatkit: SampleServer['chatkit']) => Promise<Served>][] = [
  ['Express', 6_000, (chatkit) => listen(createServer(express().use('/agent', chatkitRouter(chatkit))))],
  ['Express after express.json()', 2_000, (chatkit) => listen(createServer(express().use(express.json({ strict: false })).use('/agent', chatkitRouter(chatkit))))],
  ['chatkit.fetch', 2_000, (chatkit) => listen(fetchServer(chatkit))],
];

let served: Served | null = null;
let threadId = '';
const connections = new Agent({ keepAlive: true });
afterEach(() => served?.close());
afterAll(() => connections.destroy());

/** As `fetch` would, at a third of its cost, which is most of what these tests take. */
function post(url: string, body: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent: connections, headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } });
    sent.on('error', reject);
    sent.on('response', (answer) => void text(answer).then((received) => resolve({ status: answer.statusCode ?? 0, text: received }), reject));
    sent.end(body);
  });
}

const nasty = fc.oneof(
  fc.string(), fc.string({ unit: anyCharacter(fc) }), fc.constantFrom('\0', '\ud800', '\udfff\ud800', '__proto__', 'constructor', '💥', 'a'.repeat(5_000)),
  fc.constantFrom(0, -1, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 0.1, 1e-300), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 4 }),
);

const requests = (): Record<string, unknown>[] => [
  { type: 'threads.create', params: { input: textInput('hello') } },
  { type: 'threads.add_user_message', params: { thread_id: threadId, input: textInput('hello') } },
  { type: 'threads.add_client_tool_output', params: { thread_id: threadId, result: {} } },
  { type: 'threads.add_structured_input', params: { thread_id: threadId, item_id: 'msg_1', input: { status: 'answered', answers: { a: { values: ['x'] } } } } },
  { type: 'threads.retry_after_item', params: { thread_id: threadId, item_id: 'msg_1' } },
  { type: 'threads.custom_action', params: { thread_id: threadId, item_id: '', action: { type: 'rename', payload: { title: 'x' } } } },
  { type: 'threads.sync_custom_action', params: { thread_id: threadId, action: { type: 'nothing' } } },
  { type: 'threads.get_by_id', params: { thread_id: threadId } },
  { type: 'threads.list', params: { limit: 3, order: 'asc' } },
  { type: 'threads.update', params: { thread_id: threadId, title: 'x' } },
  { type: 'items.list', params: { thread_id: threadId, limit: 3, after: 'msg_1' } },
  { type: 'items.feedback', params: { thread_id: threadId, item_ids: ['a'], kind: 'positive' } },
  { type: 'attachments.create', params: { name: 'a', size: 1, mime_type: 'text/plain' } },
  { type: 'attachments.delete', params: { attachment_id: 'atc_1' } },
  { type: 'input.transcribe', params: { audio_base64: 'AAAA', mime_type: 'audio/mp4' } },
  { message: 'hello', thread_id: threadId },
];

/** Puts a value somewhere in a request, or takes something out. */
function mutate(body: Record<string, unknown>, path: number[], value: unknown): unknown {
  const copy = structuredClone(body);
  let node: Record<string, unknown> = copy;
  for (const step of path) {
    const keys = Object.keys(node);
    const key = keys[step % keys.length];
    if (key === undefined) break;
    const child = node[key];
    if (typeof child !== 'object' || child === null || step % 3 === 0) {
      if (step % 7 === 0) Reflect.deleteProperty(node, key);
      else node[key] = value;
      return copy;
    }
    node = child as Record<string, unknown>;
  }
  return { ...copy, extra: value };
}

const jsonBody = fc.tuple(fc.nat({ max: 15 }), fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 5 }), nasty)
  .map(([index, path, value]) => JSON.stringify(mutate(requests()[index] ?? {}, path, value)));
const rawBody = fc.oneof(
  jsonBody, jsonBody,
  // A request cut off or with a byte changed in the middle.
  fc.tuple(jsonBody, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
  fc.tuple(jsonBody, fc.nat(), fc.constantFrom('"', '{', '\\', '\0', '\ud800', ']', '1e999')).map(([text, at, insert]) => text.slice(0, at % text.length) + insert + text.slice(at % text.length)),
  fc.nat({ max: 5_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.nat({ max: 5_000 }).map((depth) => '['.repeat(depth)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom('{"__proto__":{"polluted":true},"type":"threads.list","params":{}}', '{"type":"threads.list","params":{"__proto__":{"limit":5}}}', 'null', '', '1e400', '{"type":"__proto__","params":{}}', '{"type":"constructor","params":{}}'),
);

it.each(DOORS)('through %s, answers %i random and mutated bodies without a server error', async (_name, bodies, serve) => {
  const sample = sampleServer();
  served = await serve(sample.chatkit);
  const client = await new TestClient(served.url).start();
  threadId = (await client.createThread('hello')).threadId;
  const counts = new Map<number, number>();
  const seen = fc.sample(fc.tuple(rawBody, fc.constantFrom('/chatkit', '/chat', '/chat/stream', '/session')), { numRuns: bodies, seed: 20_261_123 });
  const workers = Array.from({ length: 8 }, async (_, worker) => {
    for (let index = worker; index < seen.length; index += 8) {
      const [body, path] = seen[index] ?? ['', '/chat'];
      const answer = await post(client.url + path, body, client.headers);
      if (answer.status >= 500 && answer.status !== 501) throw new Error(`${String(answer.status)} for ${path} ${body.slice(0, 300)}: ${answer.text}`);
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    }
  });
  await Promise.all(workers);
  expect(sample.errors.filter((error) => !(error instanceof Error && error.message === 'internal detail'))).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(counts.get(200)).toBeGreaterThan(bodies * 0.03);
  expect(counts.get(400)).toBeGreaterThan(bodies * 0.1);
  expect((await client.get('/readyz')).status).toBe(200);
}, 180_000);
