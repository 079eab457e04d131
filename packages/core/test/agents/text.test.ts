import { Agent } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import { agentResponder } from '../../src/agents/index.js';
import { modelId, scriptedModel, text } from '../../src/testing/index.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';

const agent = (): Agent => new Agent({ name: 'Assistant', instructions: 'Be brief.', model: 'gpt-local' });

describe('a text answer of the Responses API', () => {
  it('is announced, streamed, and stored under the id that the model gave it', async () => {
    await using local = await startLocalModel();
    const id = modelId('msg');
    local.server.reply(text(['Hel', 'lo'], { id }));

    const { events, items, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }), message: 'Hi there' });

    expect(error).toBeNull();
    expect(events).toEqual([
      { type: 'thread.item.added', item: expect.objectContaining({ id, type: 'assistant_message', content: [] }) as unknown },
      { type: 'thread.item.updated', item_id: id, update: { type: 'assistant_message.content_part.added', content_index: 0, content: { type: 'output_text', text: '', annotations: [] } } },
      { type: 'thread.item.updated', item_id: id, update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hel' } },
      { type: 'thread.item.updated', item_id: id, update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'lo' } },
      { type: 'thread.item.updated', item_id: id, update: { type: 'assistant_message.content_part.done', content_index: 0, content: { type: 'output_text', text: 'Hello', annotations: [] } } },
      { type: 'thread.item.done', item: expect.objectContaining({ id, content: [{ type: 'output_text', text: 'Hello', annotations: [] }] }) as unknown },
    ]);
    expect(items.at(-1)).toMatchObject({ id, type: 'assistant_message', content: [{ text: 'Hello' }] });
    expect(local.server.requests[0]?.input.at(-1)).toMatchObject({ role: 'user', content: [{ type: 'input_text', text: 'Hi there' }] });
  });
});

describe('a text answer of Chat Completions', () => {
  it('is streamed under an id of its own, never under the id of the completion', async () => {
    await using local = await startLocalModel('chat_completions');
    local.server.reply(text(['Hel', 'lo']));

    const { events, items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(events.map((event) => event.type)).toEqual([
      'thread.item.added', 'thread.item.updated', 'thread.item.updated', 'thread.item.updated', 'thread.item.updated', 'thread.item.done',
    ]);
    const stored = items.at(-1);
    expect(stored).toMatchObject({ type: 'assistant_message', content: [{ text: 'Hello' }] });
    expect(stored?.id).toMatch(/^msg_/);
    expect(stored?.id).not.toContain('chatcmpl');
  });
});

describe('a text answer of any other model', () => {
  it('is streamed from the deltas that every model gives', async () => {
    const model = scriptedModel([[text(['Hel', 'lo'], { id: 'FAKE_ID' })]]);

    const { events, items } = await runTurn({ respond: agentResponder(new Agent({ name: 'Assistant', model })) });

    const deltas = events.flatMap((event) => ('update' in event && event.update.type === 'assistant_message.content_part.text_delta' ? [event.update.delta] : []));
    expect(deltas).toEqual(['Hel', 'lo']);
    expect(items.filter((item) => item.type === 'assistant_message')).toHaveLength(1);
    expect(items.at(-1)?.id).not.toBe('FAKE_ID');
    expect(model.calls).toHaveLength(1);
  });
});
