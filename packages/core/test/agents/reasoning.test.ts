import { Agent } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import type { Item, ThreadItem } from '../../src/protocol/index.js';
import { functionCall, image, reasoning, scriptedModel, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn, userMessage } from './run-turn.js';

const agent = (): Agent => new Agent({ name: 'Assistant', model: 'gpt-local' });

describe('a model that thinks before it answers', () => {
  it('shows its thoughts as a workflow: the first streamed, later ones when complete, closed by the message', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning(['Think', 'ing'], ['And', ' again']), text('Done'));

    const { events, items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events)).toEqual([
      'added workflow',
      'task.added 0 thought:Think',
      'task.updated 0 thought:Thinking',
      'task.updated 0 thought:Thinking',
      'task.added 1 thought:And again',
      'done workflow',
      'added assistant_message', 'part.added 0', 'delta Done', 'part.done 0 Done', 'done assistant_message Done',
    ]);
    const workflow = items.find((item) => item.type === 'workflow');
    expect(workflow?.workflow).toEqual({
      type: 'reasoning', expanded: false, summary: { duration: 0 },
      tasks: [{ type: 'thought', content: 'Thinking' }, { type: 'thought', content: 'And again' }],
    });
  });

  it('gives the seconds that the thinking took', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('Hm'), text('Done'));
    let now = Date.parse('2026-01-01T00:00:00.000Z');

    const { items } = await runTurn({
      respond: agentResponder(agent(), { runner: local.runner }),
      now: () => new Date(now),
      onEvent: (event) => {
        if (event.type === 'thread.item.added' && event.item.type === 'workflow') now += 7_400;
      },
    });

    expect(items.find((item) => item.type === 'workflow')?.workflow.summary).toEqual({ duration: 7 });
  });

  it('puts several rounds of thinking into one workflow while nothing else is shown', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('First'), reasoning('Second'), text('Done'));

    const { events } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events).filter((line) => line.includes('workflow'))).toEqual(['added workflow', 'done workflow']);
    expect(summary(events)).toContain('task.added 1 thought:Second');
  });

  it('opens a new workflow when it thinks again after a message', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('One'), text('Hello'), reasoning('Two'), text('Bye'));

    const { events } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events).filter((line) => /workflow|added|^done/.test(line) && !line.startsWith('part'))).toEqual([
      'added workflow', 'task.added 0 thought:One', 'done workflow', 'added assistant_message', 'done assistant_message Hello',
      'added workflow', 'task.added 0 thought:Two', 'done workflow', 'added assistant_message', 'done assistant_message Bye',
    ]);
  });

  it('is stored as it is, without a word to the client, when the run ends before anything ends it', async () => {
    await using local = await startLocalModel();
    const note = turnTool({ name: 'note', description: 'Note', parameters: z.object({}), execute: () => 'noted' });
    local.server.reply(reasoning('Hm'), functionCall('note'));

    const { events, items } = await runTurn({
      respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local', tools: [note], toolUseBehavior: 'stop_on_first_tool' }), { runner: local.runner }),
    });

    expect(summary(events)).toEqual(['added workflow', 'task.added 0 thought:Hm', 'task.updated 0 thought:Hm']);
    expect(items.at(-1)).toMatchObject({ type: 'workflow', workflow: { tasks: [{ content: 'Hm' }] } });
  });

  it('keeps the workflow open beside an image that it makes while thinking', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('Hm'), image('AAAA'), reasoning('More'), text('Done'));

    const { events } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events).slice(0, 8)).toEqual([
      'added workflow', 'task.added 0 thought:Hm', 'task.updated 0 thought:Hm', 'added generated_image', 'done generated_image', 'task.added 1 thought:More',
      'done workflow', 'added assistant_message',
    ]);
  });

  it('adds complete thoughts to a workflow that the app has opened, and opens none of its own', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning(['Think', 'ing']), text('Done'));
    const respond = agentResponder(agent(), { runner: local.runner });

    const { events } = await runTurn({
      async *respond(turn) {
        turn.startWorkflow({ title: 'Looking' }).addTask({ type: 'custom', title: 'Search' });
        yield* respond(turn);
      },
    });

    expect(summary(events).slice(0, 4)).toEqual(['added workflow', 'task.added 1 thought:Thinking', 'done workflow', 'added assistant_message']);
  });

  it('goes on with the workflow that the turn before left open for a tool of the page', async () => {
    await using local = await startLocalModel();
    local.server.reply(reasoning('More'), text('Done'));
    const at = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };
    const call: Item<'client_tool_call'> = { type: 'client_tool_call', id: 'tc_1', ...at, status: 'completed', call_id: 'call_1', name: 'pick', arguments: {}, output: {} };
    const stored: ThreadItem[] = [
      userMessage('Hi'),
      { type: 'workflow', id: 'wf_1', ...at, workflow: { type: 'reasoning', tasks: [{ type: 'thought', content: 'Before' }] } },
      call,
    ];

    const { events, items } = await runTurn({
      respond: agentResponder(agent(), { runner: local.runner }), items: stored, trigger: { type: 'client_tool_output', item: call },
    });

    expect(summary(events).slice(0, 3)).toEqual(['task.added 1 thought:More', 'done workflow', 'added assistant_message']);
    expect(items.map((item) => item.type)).toEqual(['user_message', 'workflow', 'client_tool_call', 'assistant_message']);
    expect(items.find((item) => item.type === 'workflow')).toMatchObject({ id: 'wf_1', workflow: { summary: { duration: 10 }, tasks: [{}, { content: 'More' }] } });
  });
});

describe('a model without events of its own that thinks', () => {
  it('shows the thoughts of an answer as a workflow', async () => {
    const look = turnTool({ name: 'look', description: 'Look', parameters: z.object({}), execute: () => 'seen' });
    const model = scriptedModel([[reasoning('First', 'Second'), functionCall('look')], [text('Done')]]);

    const { events } = await runTurn({ respond: agentResponder(new Agent({ name: 'Assistant', model, tools: [look] })) });

    expect(summary(events).slice(0, 5)).toEqual([
      'added workflow', 'task.added 0 thought:First', 'task.added 1 thought:Second', 'done workflow', 'added assistant_message',
    ]);
  });
});
