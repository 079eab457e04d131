import { Agent } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import type { Turn } from '../../src/app-types.js';
import type { Trigger } from '../../src/engine/turn.js';
import { functionCall, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn, type FinishedTurn } from './run-turn.js';

const refunded: string[] = [];
const refund = turnTool({
  name: 'refund', description: 'Refund', parameters: z.object({ bill: z.string(), amount: z.number() }),
  needsApproval: ({ amount }, turn) => amount > 100 && turn.context.ownerId === 'owner',
  execute: ({ bill }, turn) => {
    refunded.push(`${bill} for ${turn.context.ownerId}`);
    return `Refunded ${bill}.`;
  },
});
const agent = (): Agent<Turn> => new Agent<Turn>({ name: 'Shop', model: 'gpt-local', tools: [refund] });

/** The button's own way: the approval's id is in its payload, and the state in the store. */
async function decide(turn: FinishedTurn, approved: boolean, note?: string): Promise<Trigger> {
  const widget = turn.items.findLast((item) => item.type === 'widget');
  const id = /"approval_id":"([^"]+)"/.exec(JSON.stringify(widget))?.[1] ?? '';
  const claimed = await turn.store.runs.claimApproval({ ownerId: 'owner' }, { id });
  if (!claimed) throw new Error('There is nothing to decide.');
  return { type: 'approval', approved, state: claimed.state, note };
}

describe('a tool call that needs approval', () => {
  it('halts the run with a card that says what is to be done', async () => {
    await using local = await startLocalModel();
    refunded.length = 0;
    local.server.reply(text('I will.'), functionCall('refund', { bill: 'b1', amount: 500 }));

    const { events, items, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toBeNull();
    expect(summary(events).slice(-2)).toEqual(['done assistant_message I will.', 'done widget']);
    expect(JSON.stringify(items.at(-1))).toContain('Allow refund?');
    expect(JSON.stringify(items.at(-1))).toContain('bill: b1');
    expect(refunded).toEqual([]);
  });

  it('runs once it is approved, with the context of the turn that goes on, and the model answers', async () => {
    await using local = await startLocalModel();
    refunded.length = 0;
    local.server.reply(functionCall('refund', { bill: 'b1', amount: 500 }, { callId: 'call_1' }));
    local.server.reply(text('All done.'));
    const first = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    const second = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }), after: first, trigger: await decide(first, true) });

    expect(second.error).toBeNull();
    expect(refunded).toEqual(['b1 for owner']);
    expect(local.server.requests[1]?.input.at(-1)).toMatchObject({ type: 'function_call_output', call_id: 'call_1', output: 'Refunded b1.' });
    expect(summary(second.events).at(-1)).toBe('done assistant_message All done.');
  });

  it('does not run once it is rejected, and the model is told why', async () => {
    await using local = await startLocalModel();
    refunded.length = 0;
    local.server.reply(functionCall('refund', { bill: 'b1', amount: 500 }));
    local.server.reply(text('I see.'));
    const first = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    const second = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }), after: first, trigger: await decide(first, false, 'Ask the owner first') });

    expect(second.error).toBeNull();
    expect(refunded).toEqual([]);
    expect(local.server.requests[1]?.input.at(-1)).toMatchObject({ type: 'function_call_output', output: 'Ask the owner first' });
  });

  it('is asked about one by one when an answer has several', async () => {
    await using local = await startLocalModel();
    refunded.length = 0;
    local.server.reply(functionCall('refund', { bill: 'b1', amount: 500 }), functionCall('refund', { bill: 'b2', amount: 600 }));
    local.server.reply(text('All done.'));
    const respond = agentResponder(agent(), { runner: local.runner });

    const first = await runTurn({ respond });
    const second = await runTurn({ respond, after: first, trigger: await decide(first, true) });
    expect(JSON.stringify(second.items.at(-1))).toContain('bill: b2');
    const third = await runTurn({ respond, after: second, trigger: await decide(second, false) });

    expect(third.error).toBeNull();
    expect(refunded).toEqual(['b1 for owner']);
    expect(local.server.requests).toHaveLength(2);
    expect(summary(third.events).at(-1)).toBe('done assistant_message All done.');
  });

  it('is put to the user in the words of the app', async () => {
    await using local = await startLocalModel();
    local.server.reply(functionCall('refund', { bill: 'b1', amount: 500 }));
    const respond = agentResponder(agent(), {
      runner: local.runner,
      approval: ({ tool, input }) => ({ title: `May I use ${tool}?`, details: { what: (input as { bill: string }).bill } }),
    });

    const { items } = await runTurn({ respond });

    expect(JSON.stringify(items.at(-1))).toContain('May I use refund?');
    expect(JSON.stringify(items.at(-1))).toContain('what: b1');
  });

  it('stores the run without its context, whatever that is', async () => {
    await using local = await startLocalModel();
    local.server.reply(functionCall('refund', { bill: 'b1', amount: 500 }));
    const own = new Agent<{ db: object; secret: string }>({
      name: 'Shop', model: 'gpt-local',
      tools: [turnTool({ name: 'refund', description: 'Refund', parameters: z.object({}), needsApproval: true, execute: (_input, _context: { db: object; secret: string }) => 'ok' })],
    });
    const db: Record<string, unknown> = {};
    db['self'] = db;

    const turn = await runTurn({ respond: agentResponder(own, { runner: local.runner, context: () => ({ db, secret: 'hunter2' }) }) });
    const trigger = await decide(turn, true);

    expect(turn.error).toBeNull();
    expect('state' in trigger ? trigger.state : '').not.toContain('hunter2');
  });

  it('can no longer be continued when the agent is another by now, and says so', async () => {
    await using local = await startLocalModel();
    local.server.reply(functionCall('refund', { bill: 'b1', amount: 500 }));
    const first = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });
    const renamed = new Agent<Turn>({ name: 'Other', model: 'gpt-local', tools: [refund] });

    const { error } = await runTurn({ respond: agentResponder(renamed, { runner: local.runner }), after: first, trigger: await decide(first, true) });

    expect(error).toMatchObject({ code: 'approval_outdated', status: 409 });
  });
});

describe("a decision on a request of the app's own", () => {
  it('starts a run with the conversation as its input', async () => {
    await using local = await startLocalModel();
    local.server.reply(text('Fine.'));

    const { error, items } = await runTurn({
      respond: agentResponder(agent(), { runner: local.runner }), trigger: { type: 'approval', approved: true, state: 'anything' },
    });

    expect(error).toBeNull();
    expect(items.at(-1)).toMatchObject({ content: [{ text: 'Fine.' }] });
  });
});
