import { Agent, ModelBehaviorError } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, turnTool } from '../../src/agents/index.js';
import { defineResponseTypes } from '../../src/response/response-types.js';
import { functionCall, refusal, scriptedModel, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';

const billSchema = z.object({ total: z.number() });
const responseTypes = defineResponseTypes({
  bill: { schema: billSchema, widget: ({ total }) => ({ type: 'Card', children: [{ type: 'Text', value: String(total) }] }) },
});

describe('an agent with structured output', () => {
  it('becomes the response type that the output fits, and its JSON is never shown', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(['{"to', 'tal":', '12}']));
    const agent = new Agent({ name: 'A', model: 'gpt-local', outputType: billSchema });

    const { events, items } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }), responseTypes });

    expect(summary(events)).toEqual(['done widget']);
    expect(items.at(-1)).toMatchObject({ type: 'widget', widget: { children: [{ value: '12' }] } });
  });

  it('is shown as text, whole, when the output fits none', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(['{"na', 'me":"x"}']));
    const agent = new Agent({ name: 'A', model: 'gpt-local', outputType: z.object({ name: z.string() }) });

    const { events } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }), responseTypes });

    expect(summary(events)).toEqual(['done assistant_message {"name":"x"}']);
  });

  it('gives the output to the app, which alone decides what is shown', async () => {
    const agent = new Agent({ name: 'A', model: scriptedModel([[text('{"total":7}')]]), outputType: billSchema });
    const outputs: { total: number }[] = [];

    const { events } = await runTurn({
      respond: agentResponder(agent, {
        onOutput: async (output, turn) => {
          outputs.push(output);
          await turn.sendText(`That makes ${String(output.total)}.`);
        },
      }),
      responseTypes,
    });

    expect(outputs).toEqual([{ total: 7 }]);
    expect(summary(events)).toEqual(['done assistant_message That makes 7.']);
  });

  it('shows what it says on the way, but no draft of its output', async () => {
    await using local = await startLocalModel();
    const look = turnTool({ name: 'look', description: 'Look', parameters: z.object({}), execute: () => 'ok' });
    const agent = new Agent({ name: 'A', model: 'gpt-local', outputType: billSchema, tools: [look] });
    local.server.reply(text('Let me look.'), functionCall('look'));
    local.server.reply(text('{"total":1}'), functionCall('look'));
    local.server.reply(text('{"total":2}'));

    const { items } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }), responseTypes });

    expect(items.slice(1)).toMatchObject([{ type: 'assistant_message', content: [{ text: 'Let me look.' }] }, { type: 'widget', widget: { children: [{ value: '2' }] } }]);
  });

  it('shows its refusal', async () => {
    await using local = await startLocalModel();
    local.server.reply(refusal('I cannot.'));
    const agent = new Agent({ name: 'A', model: 'gpt-local', outputType: billSchema });

    const { events, error } = await runTurn({ respond: agentResponder(agent, { runner: local.runner }), responseTypes });

    expect(error).toBeNull();
    expect(summary(events)).toEqual(['done assistant_message I cannot.']);
  });

  it('fails the turn when the model gives something else', async () => {
    const agent = new Agent({ name: 'A', model: scriptedModel([[text('no JSON')]]), outputType: billSchema });

    const { events, error } = await runTurn({ respond: agentResponder(agent), responseTypes });

    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(events).toEqual([]);
  });
});

describe('an agent with text output', () => {
  it('gives its text to the app after it was streamed', async () => {
    const texts: string[] = [];
    const agent = new Agent({ name: 'A', model: scriptedModel([[text(['Hel', 'lo'])]]) });

    const { events } = await runTurn({ respond: agentResponder(agent, { onOutput: (output) => void texts.push(output) }) });

    expect(texts).toEqual(['Hello']);
    expect(summary(events)).toContain('delta lo');
  });

  it('does not give the result of a tool that asks the page to the app', async () => {
    const outputs: unknown[] = [];
    const pick = turnTool({ name: 'pick', description: 'Pick', parameters: z.object({}), execute: (_input, turn) => turn.callClientTool({ name: 'pick' }) });
    const agent = new Agent({ name: 'A', model: scriptedModel([[functionCall('pick')]]), tools: [pick], toolUseBehavior: 'stop_on_first_tool' });

    await runTurn({ respond: agentResponder(agent, { onOutput: (output) => void outputs.push(output) }) });

    expect(outputs).toEqual([]);
  });

  it('gives the result of a tool that ends the run to the app', async () => {
    const outputs: unknown[] = [];
    const look = turnTool({ name: 'look', description: 'Look', parameters: z.object({}), execute: () => 'seen' });
    const agent = new Agent({ name: 'A', model: scriptedModel([[functionCall('look')]]), tools: [look], toolUseBehavior: 'stop_on_first_tool' });

    await runTurn({ respond: agentResponder(agent, { onOutput: (output) => void outputs.push(output) }) });

    expect(outputs).toEqual(['seen']);
  });
});
