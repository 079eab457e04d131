import { Agent, MaxTurnsExceededError, run } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { agentInput, agentResponder, streamAgentResponse, turnTool } from '../../src/agents/index.js';
import type { Turn } from '../../src/app-types.js';
import { failure, functionCall, scriptedModel, text } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';

const never = new Promise<never>(() => undefined);
const agent = (): Agent => new Agent({ name: 'A', model: 'gpt-local' });

function onFirstText(action: () => void) {
  return (event: object): void => {
    if ('update' in event && (event.update as { type: string }).type === 'assistant_message.content_part.text_delta') action();
  };
}

describe('a turn that is aborted', () => {
  it.each(['responses', 'chat_completions'] as const)('stops the model (%s)', async (api) => {
    await using local = await startLocalModel(api);
    local.server.reply(text(['Once upon', never, ' a time']));
    const controller = new AbortController();

    const { events } = await runTurn({
      respond: agentResponder(agent(), { runner: local.runner }), signal: controller.signal, onEvent: onFirstText(() => controller.abort(new Error('stop'))),
    });

    const request = await local.server.request(0);
    expect(await request.closed).toBe('aborted');
    expect(summary(events).at(-1)).toBe('delta Once upon');
  });

  it('stops any other model through its signal', async () => {
    const model = scriptedModel([[text(['Once upon', never])]]);
    const controller = new AbortController();

    await runTurn({
      respond: agentResponder(new Agent({ name: 'A', model })), signal: controller.signal, onEvent: onFirstText(() => controller.abort(new Error('stop'))),
    });

    await expect.poll(() => model.abortedCalls).toBe(1);
  });

  it('stops a run that was started without the signal of the turn', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(['Once upon', never]));
    const controller = new AbortController();

    await runTurn({
      async *respond(turn: Turn) {
        const result = await local.runner.run(agent(), await agentInput({ agent: agent(), turn }), { stream: true, context: turn });
        yield* streamAgentResponse({ result, turn });
      },
      signal: controller.signal,
      onEvent: onFirstText(() => controller.abort(new Error('stop'))),
    });

    expect(await (await local.server.request(0)).closed).toBe('aborted');
  });

  it('tells a tool that is running', async () => {
    const controller = new AbortController();
    let aborted = false;
    const slow = turnTool({
      name: 'slow', description: 'Slow', parameters: z.object({}),
      execute: (_input, _turn, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve('stopped');
          });
          controller.abort(new Error('stop'));
        }),
    });

    await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: scriptedModel([[functionCall('slow')]]), tools: [slow] })), signal: controller.signal });

    await expect.poll(() => aborted).toBe(true);
  });
});

describe('a run that someone else cancels', () => {
  it('keeps what was shown and ends the turn', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(['Once upon', never]));
    const own = new AbortController();

    const { items, error } = await runTurn({
      async *respond(turn: Turn) {
        const result = await local.runner.run(agent(), 'Hi', { stream: true, context: turn, signal: own.signal });
        yield* streamAgentResponse({ result, turn });
      },
      onEvent: onFirstText(() => own.abort()),
    });

    expect(error).toBeNull();
    expect(items.at(-1)).toMatchObject({ type: 'assistant_message', content: [{ text: 'Once upon' }] });
  });
});

describe('a responder that stops reading a run', () => {
  it('stops the model', async () => {
    await using local = await startLocalModel();
    local.server.reply(text(['Once upon', never]));

    const { error } = await runTurn({
      async *respond(turn: Turn) {
        const result = await local.runner.run(agent(), 'Hi', { stream: true, context: turn });
        for await (const event of streamAgentResponse({ result, turn })) {
          yield event;
          if (event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta') break;
        }
      },
    });

    expect(error).toBeNull();
    expect(await (await local.server.request(0)).closed).toBe('aborted');
  });

  it('may change its events on the way', async () => {
    const loud = agentResponder(new Agent<Turn>({ name: 'A', model: scriptedModel([[text('hello')]]) }));

    const { items } = await runTurn({
      async *respond(turn: Turn) {
        for await (const event of loud(turn)) {
          if (event.type === 'thread.item.done' && event.item.type === 'assistant_message') yield { ...event, item: { ...event.item, content: [{ type: 'output_text', text: 'HELLO', annotations: [] }] } };
          else yield event;
        }
      },
    });

    expect(items.at(-1)).toMatchObject({ content: [{ text: 'HELLO' }] });
  });
});

describe('a run that fails', () => {
  it('fails a responder that iterates over it, too', async () => {
    const caught: unknown[] = [];

    await runTurn({
      async *respond(turn: Turn) {
        try {
          yield* agentResponder(new Agent<Turn>({ name: 'A', model: scriptedModel([new Error('down')]) }))(turn);
        } catch (error) {
          caught.push(error);
        }
      },
    });

    expect(caught).toMatchObject([{ message: 'down' }]);
  });


  it('in the middle of an answer fails the turn with its error', async () => {
    await using local = await startLocalModel();
    local.server.reply(text('Once upon'), failure('overloaded'));

    const { error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toBeInstanceOf(Error);
  });

  it('because the model refuses the request fails the turn', async () => {
    await using local = await startLocalModel();
    local.server.refuse(401, 'Incorrect API key');

    const { error, events } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toMatchObject({ status: 401 });
    expect(events).toEqual([]);
  });

  it('by calling the model too often fails the turn', async () => {
    const look = turnTool({ name: 'look', description: 'Look', parameters: z.object({}), execute: () => 'ok' });
    const model = scriptedModel([[functionCall('look')], [functionCall('look')], [functionCall('look')]]);

    const { error } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model, tools: [look] }), { maxTurns: 2 }) });

    expect(error).toBeInstanceOf(MaxTurnsExceededError);
    expect(model.calls).toHaveLength(2);
  });
});

describe('a run made by hand', () => {
  it('gets the conversation as its input', async () => {
    const model = scriptedModel([[text('Hello')]]);
    const mine = new Agent<Turn>({ name: 'A', model });

    const { items } = await runTurn({
      message: 'Good morning',
      async *respond(turn: Turn) {
        const result = await run(mine, await agentInput({ agent: mine, turn }), { stream: true, context: turn, signal: turn.signal });
        yield* streamAgentResponse({ result, turn });
      },
    });

    expect(JSON.stringify(model.calls[0]?.input)).toContain('Good morning');
    expect(items.at(-1)).toMatchObject({ content: [{ text: 'Hello' }] });
  });

  it('of an agent chosen for the turn is like any other', async () => {
    const respond = agentResponder((turn: Turn) => new Agent<Turn>({ name: turn.context.ownerId, model: scriptedModel([[text('Chosen')]]) }));

    const { items } = await runTurn({ respond });

    expect(items.at(-1)).toMatchObject({ content: [{ text: 'Chosen' }] });
  });
});
