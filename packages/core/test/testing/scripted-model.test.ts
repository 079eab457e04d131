import { Agent, run } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import { scriptedModel, text } from '../../src/testing/index.js';

describe('a scripted model', () => {
  it('streams only what every model streams', async () => {
    const model = scriptedModel([[text(['Hel', 'lo'])]]);

    const result = await run(new Agent({ name: 'A', model }), 'Hi', { stream: true });
    const types: string[] = [];
    for await (const event of result) if (event.type === 'raw_model_stream_event') types.push(event.data.type);

    expect(types).toEqual(['response_started', 'output_text_delta', 'output_text_delta', 'response_done']);
    expect(result.finalOutput).toBe('Hello');
  });

  it('answers without streaming, and keeps what it was asked', async () => {
    const model = scriptedModel([[text('One')], (request) => [text(`You said ${JSON.stringify(request.input)}`)]]);
    const agent = new Agent({ name: 'A', model });

    expect((await run(agent, 'Hi')).finalOutput).toBe('One');
    expect((await run(agent, 'Again')).finalOutput).toContain('Again');
    expect(model.calls).toHaveLength(2);
  });

  it('throws what is scripted, and when nothing is', async () => {
    const agent = new Agent({ name: 'A', model: scriptedModel([new Error('down')]) });

    await expect(run(agent, 'Hi')).rejects.toThrow('down');
    await expect(run(agent, 'Hi')).rejects.toThrow('No reply is scripted');
  });

  it('stops when it is told to, also where it waits', async () => {
    const model = scriptedModel([[text(['Once', new Promise(() => undefined)])]]);
    const controller = new AbortController();

    const result = await run(new Agent({ name: 'A', model }), 'Hi', { stream: true, signal: controller.signal });
    for await (const event of result) if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') controller.abort();

    expect(result.cancelled).toBe(true);
    await expect.poll(() => model.abortedCalls).toBe(1);
  });
});
