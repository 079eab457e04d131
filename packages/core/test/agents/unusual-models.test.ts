import { Agent, run, tool, type Model, type RunContext, type StreamEvent } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentResponder, streamAgentResponse, turnTool } from '../../src/agents/index.js';
import type { Turn } from '../../src/app-types.js';
import { defineResponseTypes } from '../../src/response/response-types.js';
import { functionCall, scriptedModel, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';

type Done = Extract<StreamEvent, { type: 'response_done' }>['response'];
const usage: Done['usage'] = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
const answer = (...texts: string[]): Done => ({
  id: 'resp_1', usage,
  output: texts.map((value, index) => ({ type: 'message', role: 'assistant', status: 'completed', id: `m${String(index)}`, content: [{ type: 'output_text', text: value }] })),
});

/** A model that streams exactly these events. */
function modelOf(...events: StreamEvent[]): Model {
  return {
    getResponse: () => Promise.reject(new Error('Only streaming is used here.')),
    async *getStreamedResponse() {
      yield* events;
    },
  };
}
const raw = (event: object): StreamEvent => ({ type: 'model', event });

describe('a server that speaks the Responses API loosely', () => {
  it('may leave out that a message or a part begins', async () => {
    const model = modelOf(
      { type: 'response_started' },
      raw({ type: 'response.output_text.delta', item_id: 'm0', content_index: 0, delta: 'Hi' }),
      { type: 'response_done', response: answer('Hi') },
      raw({ type: 'response.completed' }),
    );

    const { events, items } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model })) });

    expect(summary(events)).toEqual(['added assistant_message', 'part.added 0', 'delta Hi', 'done assistant_message Hi']);
    expect(items.at(-1)).toMatchObject({ content: [{ text: 'Hi' }] });
  });

  it('may begin with a later part', async () => {
    const model = modelOf(
      { type: 'response_started' },
      raw({ type: 'response.output_text.delta', item_id: 'm0', content_index: 1, delta: 'Hi' }),
      { type: 'response_done', response: answer('Hi') },
    );

    const { items, error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model })) });

    expect(error).toBeNull();
    expect(items.at(-1)).toMatchObject({ content: [{ text: '' }, { text: 'Hi' }] });
  });

  it('may announce a message and say nothing: it goes again', async () => {
    const model = modelOf(
      { type: 'response_started' },
      raw({ type: 'response.output_item.added', item: { type: 'message', id: 'm0', content: [] } }),
      { type: 'response_done', response: answer('') },
    );

    const { events } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model })) });

    expect(summary(events)).toEqual(['added assistant_message', 'removed']);
  });

  it('may send events that nobody knows', async () => {
    const model = modelOf({ type: 'response_started' }, raw({ type: 'response.new.thing' }), raw({ type: 7 }), { type: 'response_done', response: answer('Hi') });

    const { error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model })) });

    expect(error).toBeNull();
  });
});

describe('a model with events of its own', () => {
  it('is read by what every model gives, and its events are not', async () => {
    const model = modelOf(
      { type: 'response_started' },
      raw({ type: 'text-delta', text: 'Hi' }), { type: 'output_text_delta', delta: 'Hi' },
      { type: 'response_done', response: answer('Hi') },
    );

    const { events } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model })) });

    expect(summary(events)).toEqual(['added assistant_message', 'part.added 0', 'delta Hi', 'part.done 0 Hi', 'done assistant_message Hi']);
  });

  it('may stream several messages at once, told apart by their ids', async () => {
    const model = modelOf(
      { type: 'response_started' },
      { type: 'output_text_delta', delta: 'a', itemId: 'm0' }, { type: 'output_text_delta', delta: 'x', itemId: 'm1' }, { type: 'output_text_delta', delta: 'b', itemId: 'm0' },
      { type: 'response_done', response: answer('ab', 'x') },
    );

    const { items } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model })) });

    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content[0]?.text)).toEqual(['ab', 'x']);
  });

  it('may give its answer without having streamed it', async () => {
    const { events } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: modelOf({ type: 'response_done', response: answer('Hi') }) })) });

    expect(summary(events)).toEqual(['added assistant_message', 'part.added 0', 'delta Hi', 'part.done 0 Hi', 'done assistant_message Hi']);
  });

  it('may be followed by another model in the same run', async () => {
    await using local = await startLocalModel();
    const second = new Agent({ name: 'Second', model: 'gpt-local' });
    const first = Agent.create({ name: 'First', model: scriptedModel([[text('One moment'), functionCall('transfer_to_Second')]]), handoffs: [second] });
    local.server.reply(text('Here I am'));

    const { items, error } = await runTurn({ respond: agentResponder(first, { runner: local.runner }) });

    expect(error).toBeNull();
    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content[0]?.text)).toEqual(['One moment', 'Here I am']);
  });
});

describe('several runs in one turn', () => {
  it('show their messages one after another', async () => {
    const agents = ['One', 'Two'].map((value) => new Agent<Turn>({ name: value, model: scriptedModel([[text(value)]]) }));

    const { items } = await runTurn({
      async *respond(turn: Turn) {
        for (const agent of agents) yield* streamAgentResponse({ result: await run(agent, 'Hi', { stream: true, context: turn }), turn });
      },
    });

    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content[0]?.text)).toEqual(['One', 'Two']);
  });

  it('of an agent that hands over to one with structured output show text and reply', async () => {
    const schema = z.object({ total: z.number() });
    const responseTypes = defineResponseTypes({ bill: { schema, widget: () => ({ type: 'Card', children: [] }) } });
    const second = new Agent({ name: 'Second', model: scriptedModel([[text('{"total":1}')]]), outputType: schema });
    const first = Agent.create({ name: 'First', model: scriptedModel([[text('One moment'), functionCall('transfer_to_Second')]]), handoffs: [second] });

    const { items } = await runTurn({ respond: agentResponder(first), responseTypes });

    expect(items.slice(1).map((item) => item.type)).toEqual(['assistant_message', 'widget']);
  });
});

describe('what a tool gives back', () => {
  it('is something the model can read even when the tool returns nothing', async () => {
    const model = scriptedModel([[functionCall('note')], [text('ok')]]);
    const note = turnTool({ name: 'note', description: 'Note', parameters: z.object({}), execute: () => undefined });

    await runTurn({ respond: agentResponder(new Agent({ name: 'A', model, tools: [note] })) });

    expect(JSON.stringify(model.calls[1]?.input)).toContain('"text":"Done."');
  });
});

describe('a tool of the SDK that shows something', () => {
  it('shows it after the text before the call', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(Array.from({ length: 300 }, (_, index) => `w${String(index)} `)), functionCall('show'));
    local.server.reply(text('Done'));
    const show = tool({
      name: 'show', description: 'Show', parameters: z.object({}),
      execute: async (_input, context?: RunContext<Turn>) => {
        await context?.context.sendWidget({ type: 'Card', children: [] });
        return 'shown';
      },
    });

    const { items } = await runTurn({ respond: agentResponder(new Agent<Turn>({ name: 'A', model: 'gpt-local', tools: [show] }), { runner: local.runner }) });

    expect(items.slice(1).map((item) => item.type)).toEqual(['assistant_message', 'widget', 'assistant_message']);
  });
});
