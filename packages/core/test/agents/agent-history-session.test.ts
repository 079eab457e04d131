import { Agent, type AgentInputItem } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentInput, AgentHistorySession, streamAgentResponse, turnTool } from '../../src/agents/index.js';
import type { Turn } from '../../src/app-types.js';
import type { TurnEvent } from '../../src/engine/turn.js';
import { functionCall, scriptedModel, text } from '../../src/testing/index.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';
import type { Runner } from '@openai/agents';

const said = (content: string): AgentInputItem => ({ role: 'user', content });

/** Answers a turn with the SDK's memory. */
function respondWith(agent: Agent<Turn>, runner: Runner) {
  return async function* respond(turn: Turn): AsyncGenerator<TurnEvent> {
    const session = new AgentHistorySession(turn);
    const input = turn.trigger.type === 'client_tool_output' ? [] : turn.userText;
    const result = await runner.run(agent, input, { stream: true, context: turn, signal: turn.signal, session });
    yield* streamAgentResponse({ result, turn });
  };
}

/** Works with the session of a turn; returns what the function returned. */
async function withSession<T>(use: (session: AgentHistorySession, turn: Turn) => Promise<T>, options: object = {}): Promise<{ value: T; turn: Awaited<ReturnType<typeof runTurn>> }> {
  const values: T[] = [];
  const turn = await runTurn({
    ...options,
    respond: async (current: Turn) => {
      values.push(await use(new AgentHistorySession(current), current));
    },
  });
  if (turn.error !== null) throw turn.error as Error;
  return { value: values[0] as T, turn };
}

describe('the memory of the SDK in a thread', () => {
  it('gives back what it was given, in order, or the newest of it', async () => {
    const { value, turn } = await withSession(async (session) => {
      await session.addItems([said('a'), said('b')]);
      await session.addItems([said('c')]);
      return [await session.getItems(), await session.getItems(2), await session.getItems(0), await session.getSessionId()];
    });

    expect(value).toEqual([[said('a'), said('b'), said('c')], [said('b'), said('c')], [], 'thr_1']);
    expect(turn.events).toEqual([]);
  });

  it('gives up the newest item, one at a time', async () => {
    const { value } = await withSession(async (session) => {
      await session.addItems([said('a'), said('b')]);
      return [await session.popItem(), await session.getItems(), await session.popItem(), await session.popItem(), await session.getItems()];
    });

    expect(value).toEqual([said('b'), [said('a')], said('a'), undefined, []]);
  });

  it('is empty after it was cleared, and nothing of it stays in the thread', async () => {
    const { value, turn } = await withSession(async (session) => {
      await session.addItems([said('a')]);
      await session.addItems([said('b')]);
      await session.clearSession();
      return session.getItems();
    });

    expect(value).toEqual([]);
    expect(turn.items.map((item) => item.type)).toEqual(['user_message']);
    expect(turn.events).toEqual([]);
  });

  it('starts from the compacted history, and pops no further than that', async () => {
    const { value } = await withSession(async (session) => {
      await session.addItems([said('a'), said('b')]);
      await session.replaceHistoryWithCompaction([said('summary')]);
      await session.addItems([said('c')]);
      return [await session.getItems(), await session.popItem(), await session.popItem(), await session.popItem(), await session.getItems()];
    });

    expect(value).toEqual([[said('summary'), said('c')], said('c'), said('summary'), undefined, []]);
  });

  it('reads threads of any length', async () => {
    const { value } = await withSession(async (session, turn) => {
      for (let index = 0; index < 130; index++) {
        await session.addItems([said(String(index))]);
        await turn.sendText('x');
      }
      return (await session.getItems()).length;
    });

    expect(value).toBe(130);
  });

  it('refuses a turn that has sent the conversation already, and the other way round', async () => {
    const afterwards = await runTurn({
      respond: async (turn: Turn) => {
        await turn.modelInput();
        new AgentHistorySession(turn);
      },
    });
    const before = await runTurn({
      respond: async (turn: Turn) => {
        new AgentHistorySession(turn);
        await agentInput({ agent: new Agent({ name: 'A' }), turn });
      },
    });

    expect(String(afterwards.error)).toContain('twice');
    expect(String(before.error)).toContain('twice');
  });
});

describe('an agent with that memory', () => {
  const look = turnTool({ name: 'look', description: 'Look', parameters: z.object({}), execute: () => 'seen' });

  it('remembers tool calls of earlier turns, which the thread does not show', async () => {
    await using local = await startLocalModel();
    const respond = respondWith(new Agent<Turn>({ name: 'A', model: 'gpt-local', tools: [look] }), local.runner);
    local.server.reply(functionCall('look', {}, { callId: 'call_1' }));
    local.server.reply(text('I saw it.'));
    local.server.reply(text('Yes.'));

    const first = await runTurn({ respond, message: 'Look' });
    const second = await runTurn({ respond, message: 'Sure?', after: first });

    expect(second.error).toBeNull();
    expect(local.server.requests[2]?.input).toMatchObject([
      { role: 'user', content: 'Look' }, { type: 'function_call', call_id: 'call_1' }, { type: 'function_call_output', call_id: 'call_1', output: 'seen' },
      { role: 'assistant', content: [{ text: 'I saw it.' }] }, { role: 'user', content: 'Sure?' },
    ]);
  });

  it('forgets the answer that a retry replaces, and remembers the new one', async () => {
    await using local = await startLocalModel();
    const respond = respondWith(new Agent<Turn>({ name: 'A', model: 'gpt-local' }), local.runner);
    local.server.reply(text('Old'));
    local.server.reply(text('New'));
    local.server.reply(text('Next'));

    const first = await runTurn({ respond, message: 'Hi' });
    const message = first.items.find((item) => item.type === 'user_message');
    if (!message) throw new Error('There is no message to retry.');
    const second = await runTurn({ respond, message: 'Hi', after: first, trigger: { type: 'retry', message }, retry: message });
    const third = await runTurn({ respond, message: 'And?', after: second });

    expect(third.error).toBeNull();
    expect(local.server.requests[1]?.input).toMatchObject([{ role: 'user', content: 'Hi' }]);
    expect(local.server.requests[2]?.input).toMatchObject([
      { role: 'user', content: 'Hi' }, { role: 'assistant', content: [{ text: 'New' }] }, { role: 'user', content: 'And?' },
    ]);
  });

  it('knows what the page answered, not what the tool that asked it returned', async () => {
    await using local = await startLocalModel();
    const pick = turnTool({
      name: 'pick', description: 'Pick', parameters: z.object({}),
      execute: async (_input, turn) => {
        await turn.callClientTool({ name: 'pick' });
        return 'asked';
      },
    });
    const respond = respondWith(new Agent<Turn>({ name: 'A', model: 'gpt-local', tools: [pick], toolUseBehavior: { stopAtToolNames: ['pick'] } }), local.runner);
    local.server.reply(functionCall('pick', {}, { callId: 'call_1' }));
    local.server.reply(text('There.'));

    const first = await runTurn({ respond, message: 'Where?' });
    const call = first.items.find((item) => item.type === 'client_tool_call');
    if (!call) throw new Error('The page must be asked.');
    const answered = { ...call, status: 'completed' as const, output: { lat: 1 } };
    const second = await runTurn({ respond, after: first, items: [answered], trigger: { type: 'client_tool_output', item: answered } });

    expect(second.error).toBeNull();
    expect(local.server.requests[1]?.input).toMatchObject([
      { role: 'user', content: 'Where?' }, { type: 'function_call', call_id: 'call_1' }, { type: 'function_call_output', call_id: 'call_1', output: '{"lat":1}' },
    ]);
  });

  it('works with any model', async () => {
    const model = scriptedModel([[text('One')], [text('Two')]]);
    await using local = await startLocalModel();
    const respond = respondWith(new Agent<Turn>({ name: 'A', model }), local.runner);

    const first = await runTurn({ respond, message: 'a' });
    await runTurn({ respond, message: 'b', after: first });

    expect(model.calls[1]?.input).toMatchObject([{ content: 'a' }, { role: 'assistant', content: [{ text: 'One' }] }, { content: 'b' }]);
  });
});
