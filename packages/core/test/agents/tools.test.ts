import { Agent, tool, type RunContext } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import type { Turn } from '../../src/app-types.js';
import { ChatKitError } from '../../src/errors/chatkit-error.js';
import { defineResponseTypes } from '../../src/response/response-types.js';
import { functionCall, modelId, reasoning, scriptedModel, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn, type FinishedTurn } from './run-turn.js';

const card = { type: 'Card' as const, children: [] };

describe('a tool made with turnTool', () => {
  it('gets its checked input, the turn, and the id of the call, and its result goes back to the model', async () => {
    await using local = await startLocalModel();
    local.server.reply(functionCall('add', { a: 1, b: 2 }, { callId: 'call_7' }));
    local.server.reply(text('3'));
    const seen: unknown[] = [];
    const add = turnTool({
      name: 'add', description: 'Add', parameters: z.object({ a: z.number(), b: z.number() }),
      execute: ({ a, b }, turn, call) => {
        seen.push(turn.context.ownerId, call.callId, call.signal.aborted);
        return a + b;
      },
    });

    const { error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local', tools: [add] }), { runner: local.runner }) });

    expect(error).toBeNull();
    expect(seen).toEqual(['owner', 'call_7', false]);
    expect(local.server.requests[1]?.input.at(-1)).toMatchObject({ type: 'function_call_output', call_id: 'call_7', output: '3' });
  });

  it.each(['responses', 'chat_completions'] as const)('shows its widget after the text that the model wrote before the call (%s)', async (api) => {
    await using local = await startLocalModel(api);
    const pieces = Array.from({ length: 200 }, (_, index) => `w${String(index)} `);
    local.server.reply(text(pieces), functionCall('show'));
    local.server.reply(text('Done'));
    const show = turnTool({
      name: 'show', description: 'Show', parameters: z.object({}),
      execute: async (_input, turn) => {
        await turn.sendWidget(card);
        return 'shown';
      },
    });

    const { items } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local', tools: [show] }), { runner: local.runner }) });

    expect(items.slice(1).map((item) => item.type)).toEqual(['assistant_message', 'widget', 'assistant_message']);
  });

  it('shows its widget after that text also when the app passes the events on itself', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(Array.from({ length: 200 }, (_, index) => `w${String(index)} `)), functionCall('show'));
    local.server.reply(text('Done'));
    const show = turnTool({ name: 'show', description: 'Show', parameters: z.object({}), execute: (_input, turn) => turn.sendWidget(card) });
    const respond = agentResponder(new Agent({ name: 'A', model: 'gpt-local', tools: [show] }), { runner: local.runner });

    const { items } = await runTurn({
      async *respond(turn) {
        for await (const event of respond(turn)) yield event;
      },
    });

    expect(items.slice(1).map((item) => item.type)).toEqual(['assistant_message', 'widget', 'assistant_message']);
  });

  it('ends the thinking that is being shown when it shows something', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('Hm'), functionCall('show'));
    local.server.reply(reasoning('Again'), text('Done'));
    const show = turnTool({ name: 'show', description: 'Show', parameters: z.object({}), execute: (_input, turn) => turn.sendWidget(card) });

    const { events } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local', tools: [show] }), { runner: local.runner }) });

    expect(summary(events).filter((line) => !line.startsWith('task'))).toEqual([
      'added workflow', 'done workflow', 'done widget', 'added workflow', 'done workflow',
      'added assistant_message', 'part.added 0', 'delta Done', 'part.done 0 Done', 'done assistant_message Done',
    ]);
  });

  it('ends the turn with the error meant for the user that it throws', async () => {
    const fail = turnTool({
      name: 'fail', description: 'Fail', parameters: z.object({}),
      execute: () => {
        throw new ChatKitError({ code: 'locked', message: 'This chat is locked.' });
      },
    });

    const { error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: scriptedModel([[functionCall('fail')]]), tools: [fail] })) });

    expect(error).toMatchObject({ code: 'locked', message: 'This chat is locked.' });
  });

  it('tells the model of other errors without their message', async () => {
    const model = scriptedModel([[functionCall('fail')], [text('Sorry')]]);
    const fail = turnTool({
      name: 'fail', description: 'Fail', parameters: z.object({}),
      execute: () => {
        throw new Error('password is hunter2');
      },
    });

    const { error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model, tools: [fail] })) });

    expect(error).toBeNull();
    expect(JSON.stringify(model.calls[1]?.input)).toContain('The tool failed.');
    expect(JSON.stringify(model.calls[1]?.input)).not.toContain('hunter2');
  });

  it('tells the model what is wrong with a reply that does not fit', async () => {
    const responseTypes = defineResponseTypes({ bill: { schema: z.object({ total: z.number() }) } });
    const model = scriptedModel([[functionCall('bill')], [text('Sorry')]]);
    const bill = turnTool({
      name: 'bill', description: 'Bill', parameters: z.object({}),
      execute: (_input, turn: Turn<{ context: { ownerId: string }; responseTypes: typeof responseTypes }>) =>
        turn.reply({ type: 'bill', data: { total: 'a lot' as unknown as number } }),
    });

    await runTurn({ respond: agentResponder(new Agent({ name: 'A', model, tools: [bill] })), responseTypes });

    expect(JSON.stringify(model.calls[1]?.input)).toContain('total');
  });

  it('keeps the context out of what is serialised', async () => {
    let json = '';
    const look = turnTool({
      name: 'look', description: 'Look', parameters: z.object({}),
      execute: (_input, turn) => {
        json = JSON.stringify(turn);
        return 'ok';
      },
    });

    await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: scriptedModel([[functionCall('look')], [text('ok')]]), tools: [look] })) });

    expect(json).toBe('{}');
  });
});

describe('a tool of the SDK', () => {
  it('reaches the turn as the context of the run', async () => {
    const say = tool({
      name: 'say', description: 'Say', parameters: z.object({}),
      execute: async (_input, run?: RunContext<Turn>) => {
        await run?.context.sendText('From the tool');
        return 'ok';
      },
    });
    const agent = new Agent<Turn>({ name: 'A', model: scriptedModel([[functionCall('say')], [text('Done')]]), tools: [say] });

    const { items } = await runTurn({ respond: agentResponder(agent) });

    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content[0]?.text)).toEqual(['From the tool', 'Done']);
  });

  it('gets the context that the app makes for an agent with its own', async () => {
    let db = '';
    const look = tool({
      name: 'look', description: 'Look', parameters: z.object({}),
      execute: async (_input, run?: RunContext<{ db: string }>) => {
        db = run?.context.db ?? '';
        return 'ok';
      },
    });
    const agent = new Agent<{ db: string }>({ name: 'A', model: scriptedModel([[functionCall('look')], [text('Done')]]), tools: [look] });

    await runTurn({ respond: agentResponder(agent, { context: (turn) => ({ db: `db of ${turn.context.ownerId}` }) }) });

    expect(db).toBe('db of owner');
  });
});

describe('a tool of the page', () => {
  const pick = turnTool({
    name: 'pick', description: 'Pick on the map', parameters: z.object({ zoom: z.number() }),
    execute: async ({ zoom }, turn) => {
      await turn.callClientTool({ name: 'map.pick', arguments: { zoom } });
      return 'asked the page';
    },
  });
  const other = turnTool({ name: 'other', description: 'Other', parameters: z.object({}), execute: () => 'ok' });
  const agent = new Agent({ name: 'A', model: 'gpt-local', tools: [pick, other], toolUseBehavior: { stopAtToolNames: ['pick'] } });

  it('is called with the ids of the call that it came from, last, and the run stops there', async () => {
    await using local = await startLocalModel();
    const id = modelId('fc');
    local.server.reply(reasoning('Hm'), functionCall('pick', { zoom: 3 }, { id, callId: 'call_pick' }), functionCall('other', {}, { callId: 'call_other' }));

    const { events, items, error } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }) });

    expect(error).toBeNull();
    expect(local.server.requests).toHaveLength(1);
    expect(items.find((item) => item.type === 'client_tool_call')).toMatchObject({
      id, call_id: 'call_pick', name: 'map.pick', arguments: { zoom: 3 }, status: 'pending',
    });
    expect(summary(events).at(-1)).toBe('done client_tool_call');
    expect(items.map((item) => item.type)).toEqual(['user_message', 'workflow', 'client_tool_call']);
  });

  it('is answered in the next turn, which goes on with the thinking and knows the call and its result', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('Hm'), functionCall('pick', { zoom: 3 }, { callId: 'call_pick' }));
    local.server.reply(reasoning('So'), text('There it is'));
    const respond = agentResponder(agent, { runner: local.runner });
    const first: FinishedTurn = await runTurn({ respond });
    const call = first.items.find((item) => item.type === 'client_tool_call');
    if (!call) throw new Error('The first turn must call the page.');
    const answered = { ...call, status: 'completed' as const, output: { lat: 1 } };

    const second = await runTurn({ respond, after: first, items: [answered], trigger: { type: 'client_tool_output', item: answered } });

    expect(summary(second.events).slice(0, 3)).toEqual(['task.added 1 thought:So', 'done workflow', 'added assistant_message']);
    expect(second.items.filter((item) => item.type === 'workflow')).toHaveLength(1);
    expect(local.server.requests[1]?.input.slice(-2)).toMatchObject([
      { type: 'function_call', call_id: 'call_pick', name: 'map.pick', arguments: '{"zoom":3}' },
      { type: 'function_call_output', call_id: 'call_pick', output: '{"lat":1}' },
    ]);
  });

  it('gets ids of its own where the model gives none that are one of a kind', async () => {
    await using local = await startLocalModel('chat_completions');
    local.server.reply(functionCall('pick', { zoom: 3 }, { callId: 'call_pick' }));

    const { items } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }) });

    const call = items.find((item) => item.type === 'client_tool_call');
    expect(call).toMatchObject({ call_id: 'call_pick' });
    expect(call?.id).not.toContain('chatcmpl');
  });
});

describe('an agent that hands over', () => {
  it('shows the messages of both agents', async () => {
    await using local = await startLocalModel();
    const second = new Agent({ name: 'Second', model: 'gpt-local' });
    const first = Agent.create({ name: 'First', model: 'gpt-local', handoffs: [second] });
    local.server.reply(text('One moment'), functionCall('transfer_to_Second'));
    local.server.reply(text('Here I am'));

    const { items, error } = await runTurn({ respond: agentResponder(first, { runner: local.runner }) });

    expect(error).toBeNull();
    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content[0]?.text)).toEqual(['One moment', 'Here I am']);
  });
});
