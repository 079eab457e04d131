import {
  Agent, type InputGuardrail, InputGuardrailTripwireTriggered, type OutputGuardrail, OutputGuardrailTripwireTriggered, ToolInputGuardrailTripwireTriggered,
} from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import { functionCall, reasoning, text, wait } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';

const card = { type: 'Card' as const, children: [] };
const show = turnTool({ name: 'show', description: 'Show', parameters: z.object({}), execute: (_input, turn) => turn.sendWidget(card) });

describe('a guardrail that trips', () => {
  it('on the output takes back all that the run has shown, in order, and then fails the turn', async () => {
    await using local = await startLocalModel();
    const guardrail: OutputGuardrail = { name: 'no secrets', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) };
    const agent = new Agent({ name: 'A', model: 'gpt-local', tools: [show], outputGuardrails: [guardrail] });
    local.server.reply(reasoning('Hm'), text('Look'), functionCall('show'));
    local.server.reply(text('The secret'));

    const { events, items, error } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }) });

    expect(error).toBeInstanceOf(OutputGuardrailTripwireTriggered);
    const shown = events.flatMap((event) => ('item' in event ? [event.item.id] : []));
    const removed = events.flatMap((event) => (event.type === 'thread.item.removed' ? [event.item_id] : []));
    expect(removed).toEqual([...new Set(shown)]);
    expect(summary(events).slice(-removed.length)).toEqual(removed.map(() => 'removed'));
    expect(items.map((item) => item.type)).toEqual(['user_message']);
  });

  it('on the input while the model already answers takes the beginning back', async () => {
    await using local = await startLocalModel();
    let trip: () => void = () => undefined;
    const tripped = new Promise<void>((resolve) => {
      trip = resolve;
    });
    const guardrail: InputGuardrail = {
      name: 'no homework',
      execute: async () => {
        await tripped;
        return { tripwireTriggered: true, outputInfo: {} };
      },
    };
    const agent = new Agent({ name: 'A', model: 'gpt-local', inputGuardrails: [guardrail] });
    local.server.reply(text(['The ans', tripped, 'wer']), wait(tripped));

    const { events, items, error } = await runTurn({
      respond: agentResponder(agent, { runner: local.runner }),
      onEvent: (event) => {
        if ('update' in event && event.update.type === 'assistant_message.content_part.text_delta') trip();
      },
    });

    expect(error).toBeInstanceOf(InputGuardrailTripwireTriggered);
    expect(summary(events).at(0)).toBe('added assistant_message');
    expect(summary(events).at(-1)).toBe('removed');
    expect(items.map((item) => item.type)).toEqual(['user_message']);
  });

  it('leaves what the app had shown before the run', async () => {
    await using local = await startLocalModel();
    const guardrail: OutputGuardrail = { name: 'no', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) };
    const respond = agentResponder(new Agent({ name: 'A', model: 'gpt-local', outputGuardrails: [guardrail] }), { runner: local.runner });
    local.server.reply(text('Bad'));

    const { items } = await runTurn({
      async *respond(turn) {
        await turn.sendText('Welcome');
        yield* respond(turn);
      },
    });

    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content[0]?.text)).toEqual(['Welcome']);
  });

  it('on a tool is treated alike', async () => {
    await using local = await startLocalModel();
    const guarded = {
      ...show,
      inputGuardrails: [{ type: 'tool_input' as const, name: 'never', run: async () => ({ behavior: { type: 'throwException' as const } }) }],
    };
    local.server.reply(text('Look'), functionCall('show'));

    const { items, error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: 'gpt-local', tools: [guarded] }), { runner: local.runner }) });

    expect(error).toBeInstanceOf(ToolInputGuardrailTripwireTriggered);
    expect(items.map((item) => item.type)).toEqual(['user_message']);
  });
});
