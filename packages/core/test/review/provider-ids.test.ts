import { memoryStore } from '@chatkit-selfhost/store-memory';
import { Agent, type Model, type StreamEvent } from '@openai/agents';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { authenticate, call, input, owner, quiet, threadOf } from './app.js';

/** Of the form that the Responses API gives, as a replayed or cached answer repeats it. */
const MESSAGE_ID = 'msg_0123456789abcdef0123456789abcdef';
const CALL_ID = 'fc_0123456789abcdef0123456789abcdef';

type Output = Extract<StreamEvent, { type: 'response_done' }>['response']['output'];

/** Answers one output after the other. */
function modelOf(outputs: Output[]): Model {
  let count = 0;
  return {
    getResponse: () => Promise.reject(new Error('Only streaming is used here.')),
    async *getStreamedResponse() {
      yield { type: 'response_started' };
      const output = outputs[count++] ?? [];
      for (const item of output) {
        // As the Responses API streams it.
        if (item.type === 'message') yield { type: 'model', event: { type: 'response.output_text.delta', item_id: item.id, content_index: 0, delta: textOf(item) } };
      }
      yield { type: 'response_done', response: { id: 'resp_1', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, output } };
    },
  };
}
function textOf(item: Output[number]): string {
  const [part] = 'content' in item && Array.isArray(item.content) ? (item.content as { text?: string }[]) : [];
  return part?.text ?? '';
}
const says = (text: string): Output => [{ type: 'message', role: 'assistant', status: 'completed', id: MESSAGE_ID, content: [{ type: 'output_text', text }] }];

it('keeps the answer of an earlier turn when the model gives the same id again', async () => {
  const store = memoryStore();
  const respond = agentResponder(new Agent({ name: 'A', model: modelOf([says('first'), says('second'), says('third')]) }));
  const chatkit = createChatKit({ store, authenticate, logger: quiet, respond: respond as never });
  const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('one') })).events);
  for (const text of ['two', 'three']) await call(chatkit, 'threads.add_user_message', { thread_id: threadId, input: input(text) });
  const answers = ((await store.threads.listItems(owner, { threadId, order: 'asc' }))?.data ?? []).filter((item) => item.type === 'assistant_message');
  expect(answers.map(({ content }) => content[0]?.text)).toEqual(['first', 'second', 'third']);
  // The first time it was one of a kind.
  expect(answers[0]?.id).toBe(MESSAGE_ID);
});

it('keeps a client tool call of an earlier turn when the model gives the same id again', async () => {
  const store = memoryStore();
  const calls: Output = [{ type: 'function_call', id: CALL_ID, callId: 'call_1', name: 'look', arguments: '{}', status: 'completed' }];
  const look = turnTool({ name: 'look', description: 'Looks', parameters: z.object({}), execute: async (_input, turn) => { await turn.callClientTool({ name: 'look' }); } });
  const agent = new Agent({ name: 'A', model: modelOf([calls, calls]), tools: [look], toolUseBehavior: 'stop_on_first_tool' });
  const chatkit = createChatKit({ store, authenticate, logger: quiet, respond: agentResponder(agent) as never });
  const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('one') })).events);
  await call(chatkit, 'threads.add_user_message', { thread_id: threadId, input: input('two') });
  const items = ((await store.threads.listItems(owner, { threadId, order: 'asc' }))?.data ?? []).filter((item) => item.type === 'client_tool_call');
  expect(items).toHaveLength(2);
  expect(items[0]?.id).toBe(CALL_ID);
});
