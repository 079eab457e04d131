import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { randomHex } from '@chatkit-selfhost/core';
import { build } from 'esbuild';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fetchServer, listen } from '../integration/serve.js';
import { readFrames, streamedText, TestClient, textInput, threadIdOf } from '../integration/client.js';
import { openNode, owner, type Backend, type Node } from './app.js';

const root = join(import.meta.dirname, '../..');
let folder = '';

/** Of the sources, as the tests are: nothing has to be built first. Among the packages, so that it finds those it doesn't hold. */
beforeAll(async () => {
  folder = await mkdtemp(join(root, 'node_modules', '.killed-node-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'run-node.ts')], outfile: join(folder, 'run-node.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node22',
    tsconfig: join(root, 'tsconfig.base.json'), external: ['pg', 'ioredis', 'express', 'express4', 'zod', '@electric-sql/pglite'], logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function startNode(backend: Backend, name: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(folder, 'run-node.mjs'), backend, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const url of createInterface({ input: child.stdout })) return { child, url };
  throw new Error('The node ended before it served.');
}

function openSurvivor(backend: Backend, name: string): Node & { letTimePass: (ms: number) => void } {
  let passed = 0;
  const node = openNode({
    backend, name, now: () => Date.now() + passed,
    async *respond() {
      yield 'An answer of the other node.';
    },
  });
  return { ...node, letTimePass: (ms) => void (passed += ms) };
}

describe.each(['Postgres', 'Redis'] as const)('a node on %s that is killed in the middle of an answer', (backend) => {
  it('loses no text that was shown; another node ends its run as interrupted and frees the thread', async () => {
    const name = `killed_${randomHex(8)}`;
    const survivor = openSurvivor(backend, name);
    onTestFinished(async () => {
      await survivor.chatkit.deleteOwner(owner);
      await survivor.close();
      if (backend === 'Redis') return;
      const database = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
      await database.connect();
      await database.query(`drop schema ${name} cascade`);
      await database.end();
    });
    await survivor.chatkit.ready();
    const { child, url } = await startNode(backend, name);

    const response = await new TestClient(url).open('threads.create', { input: textInput('hello') });
    const shown = [];
    for await (const { event } of readFrames(response)) {
      shown.push(event);
      if (streamedText(shown) === 'The first half of an answer.') break;
    }
    const threadId = threadIdOf({ events: shown });
    child.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    // While its lease lasts it may be alive for all that others know.
    expect(await survivor.chatkit.cleanup()).toMatchObject({ recovered: 0 });
    expect(await survivor.store.runs.getActive(owner, { threadId })).toMatchObject({ status: 'running' });
    survivor.letTimePass(60_000);
    expect(await survivor.chatkit.cleanup()).toMatchObject({ recovered: 1 });

    const served = await listen(fetchServer(survivor.chatkit));
    onTestFinished(served.close);
    const client = new TestClient(served.url);
    const text = (item: Record<string, unknown>): unknown => (item['content'] as { text: string }[])[0]?.text;
    expect((await client.items(threadId)).map(text)).toEqual(['hello', 'The first half of an answer.']);
    expect(await survivor.store.runs.getActive(owner, { threadId })).toBeNull();

    const answer = await client.say(threadId, 'go on');
    expect(streamedText(answer.events)).toBe('An answer of the other node.');
    const history = await survivor.store.history.query(owner, { threadId, order: 'asc' });
    expect(history?.data.map(({ userMessage, agentResponse, outcome }) => ({ userMessage, agentResponse, outcome }))).toEqual([
      { userMessage: 'hello', agentResponse: 'The first half of an answer.', outcome: 'interrupted' },
      { userMessage: 'go on', agentResponse: 'An answer of the other node.', outcome: 'completed' },
    ]);
  });
});
