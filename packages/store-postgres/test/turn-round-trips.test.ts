import { createChatKit } from '@chatkit-selfhost/core';
import { agentResponder } from '@chatkit-selfhost/core/agents';
import { scriptedModel, text } from '@chatkit-selfhost/core/testing';
import { Agent } from '@openai/agents';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { postgresStore } from '../src/index.js';
import { databaseUrl } from './database-url.js';
import { temporarySchema } from './temporary-schema.js';
import { wrapPool } from './wrap-pool.js';

interface CountedAgent {
  /** One turn, to its end; gives the id of its thread. */
  say: (text: string, threadId?: string) => Promise<string>;
  /** What was sent to the database since this was asked last, but for batches of events and renewals of the lease, which depend on the time it takes. */
  statements: () => string[];
  /** How many entries the model got with each request. */
  inputs: () => number[];
}

/** A server whose agent answers so many times. */
async function openAgent(answers: number): Promise<CountedAgent> {
  const schema = temporarySchema();
  const sent: string[] = [];
  const pool = new pg.Pool({ connectionString: databaseUrl() });
  const store = postgresStore({ pool: wrapPool(pool, { onStatement: (statement) => sent.push(statement) }), schema: schema.name });
  const model = scriptedModel(Array.from({ length: answers }, (_, index) => [text(`answer ${String(index)}`)]));
  const chatkit = createChatKit({ store, respond: agentResponder(new Agent({ name: 'Assistant', model })) });
  onTestFinished(async () => {
    await chatkit.close();
    await store.threads.close?.();
    await pool.end();
    await schema.drop();
  });
  await chatkit.ready();
  const { sessionId } = await chatkit.sessions.create({ ownerId: 'ada' });
  sent.length = 0;
  return {
    inputs: () => model.calls.map(({ input }) => input.length),
    statements: () => sent.splice(0).map(nameOf).filter((name) => name !== 'append_run_events' && name !== 'runs'),
    say: async (message, threadId) => {
      const input = { content: [{ type: 'input_text', text: message }], attachments: [], inference_options: {} };
      const body = threadId === undefined ? { type: 'threads.create', params: { input } } : { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
      const response = await chatkit.fetch(new Request('http://chat.local/agent/chatkit', {
        method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${sessionId}` },
      }));
      return /"thread_id":"(thr_[0-9a-f]+)"/.exec(await response.text())?.[1] ?? '';
    },
  };
}

/** The function that is called, or the table that is written. */
function nameOf(statement: string): string {
  return /"test_[0-9a-f]+"\.(\w+)/.exec(statement)?.[1] ?? statement;
}

it('a turn of an agent costs four round trips beside its batches of events, in a new conversation and in a long one', async () => {
  const agent = await openAgent(32);
  const threadId = await agent.say('first');
  expect(agent.statements()).toEqual(['sessions', 'begin_turn', 'write_thread', 'end_turn']);
  for (let turn = 0; turn < 30; turn++) await agent.say('again', threadId);
  agent.statements();
  await agent.say('last', threadId);
  expect(agent.statements()).toEqual(['sessions', 'begin_turn', 'write_thread', 'end_turn']);
  expect(agent.inputs().slice(0, 2)).toEqual([1, 3]);
  expect(agent.inputs().at(-1)).toBe(51);
});
