import { Agent } from '@openai/agents';
import { describe, expect, it } from 'vitest';
import { agentResponder } from '../../src/agents/index.js';
import { image, message, parallel, refusal, scriptedModel, text, webSearch, fileSearch, codeInterpreter, mcpCall, type Citation } from '../../src/testing/index.js';
import { summary } from './event-summary.js';
import { startLocalModel } from './local-models.js';
import { runTurn } from './run-turn.js';

const agent = (): Agent => new Agent({ name: 'Assistant', model: 'gpt-local' });
const url: Citation = { type: 'url_citation', url: 'https://example.com/a', title: 'Example', start_index: 0, end_index: 5 };
const file: Citation = { type: 'file_citation', file_id: 'file_1', filename: 'report.pdf', index: 3 };
const container: Citation = { type: 'container_file_citation', container_id: 'c', file_id: 'file_2', filename: 'plot.png', start_index: 1, end_index: 4 };

describe('citations', () => {
  it('are shown as they come, kept when the text is complete, and stored', async () => {
    await using local = await startLocalModel();
    local.server.reply(text('Hello', { citations: [file, url, container] }));

    const { events, items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events)).toEqual([
      'added assistant_message', 'part.added 0', 'delta Hello', 'annotation 0 report.pdf@3', 'annotation 1 Example@5', 'annotation 2 plot.png@4', 'part.done 0 Hello',
      'done assistant_message Hello',
    ]);
    const annotations = [
      { type: 'annotation', index: 3, source: { type: 'file', title: 'report.pdf', filename: 'report.pdf' } },
      { type: 'annotation', index: 5, source: { type: 'url', title: 'Example', url: 'https://example.com/a' } },
      { type: 'annotation', index: 4, source: { type: 'file', title: 'plot.png', filename: 'plot.png' } },
    ];
    const partDone = events.find((event) => 'update' in event && event.update.type === 'assistant_message.content_part.done');
    expect(partDone).toMatchObject({ update: { content: { annotations } } });
    expect(items.at(-1)).toMatchObject({ content: [{ annotations }] });
  });

  it('that name no file or are of another type are left out, with the indices of the others dense', async () => {
    await using local = await startLocalModel();
    const unknown = { type: 'star_citation', star: 1 } as unknown as Citation;
    local.server.reply(text('Hello', { citations: [{ ...file, filename: '' }, unknown, { type: 'file_path', file_id: 'f', index: 1 }, url] }));

    const { events, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toBeNull();
    expect(summary(events).filter((line) => line.startsWith('annotation'))).toEqual(['annotation 0 Example@5']);
  });

  it('become what the app makes of them', async () => {
    await using local = await startLocalModel();
    local.server.reply(text('Hello', { citations: [file, url] }));
    const respond = agentResponder(agent(), {
      runner: local.runner,
      converters: {
        citation: (citation) =>
          citation.type === 'file_citation' ? { type: 'annotation', index: 1, source: { type: 'entity', id: 'e1', title: citation.filename } } : null,
      },
    });

    const { items } = await runTurn({ respond });

    expect(items.at(-1)).toMatchObject({ content: [{ annotations: [{ source: { type: 'entity', id: 'e1', title: 'report.pdf' } }] }] });
  });

  it('of Chat Completions are stored with the message', async () => {
    await using local = await startLocalModel('chat_completions');
    local.server.reply(text('Hello', { citations: [url] }));

    const { items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(items.at(-1)).toMatchObject({ content: [{ text: 'Hello', annotations: [{ source: { type: 'url', url: 'https://example.com/a' }, index: 5 }] }] });
  });
});

describe('messages of several parts, and several messages', () => {
  it('keep their parts apart', async () => {
    await using local = await startLocalModel();
    local.server.reply(message([{ type: 'text', text: 'One' }, { type: 'text', text: ['T', 'wo'] }]));

    const { events } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events)).toEqual([
      'added assistant_message', 'part.added 0', 'delta One', 'part.done 0 One', 'part.added 1', 'delta T', 'delta wo', 'part.done 1 Two', 'done assistant_message One|Two',
    ]);
  });

  it('are told apart when their events come interleaved', async () => {
    await using local = await startLocalModel();
    local.server.reply(parallel(text(['a', 'b']), text(['x', 'y'])));

    const { items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(items.filter((item) => item.type === 'assistant_message').map((item) => item.content.map((part) => part.text).join(''))).toEqual(['ab', 'xy']);
  });

  it('get ids of their own when a server gives all of them the same', async () => {
    await using local = await startLocalModel();
    local.server.reply(text('One', { id: '__fake_id__' }), text('Two', { id: '__fake_id__' }));

    const { items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    const messages = items.filter((item) => item.type === 'assistant_message');
    expect(messages.map((item) => item.content[0]?.text)).toEqual(['One', 'Two']);
    expect(new Set(messages.map((item) => item.id)).size).toBe(2);
    expect(messages.some((item) => item.id.includes('fake'))).toBe(false);
  });
});

describe('a refusal', () => {
  it('of the Responses API is streamed as text and ends the turn without an error', async () => {
    await using local = await startLocalModel();
    local.server.reply(refusal(['I can', 'not.']));

    const { events, items, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toBeNull();
    expect(summary(events)).toEqual(['added assistant_message', 'part.added 0', 'delta I can', 'delta not.', 'part.done 0 I cannot.', 'done assistant_message I cannot.']);
    expect(items.at(-1)).toMatchObject({ content: [{ type: 'output_text', text: 'I cannot.' }] });
  });

  it('of Chat Completions is streamed as text, too', async () => {
    await using local = await startLocalModel('chat_completions');
    local.server.reply(refusal(['I can', 'not.']));

    const { events, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toBeNull();
    expect(summary(events)).toEqual(['added assistant_message', 'part.added 0', 'delta I can', 'delta not.', 'part.done 0 I cannot.', 'done assistant_message I cannot.']);
  });

  it('of any other model is shown when the answer is complete', async () => {
    const { events, error } = await runTurn({ respond: agentResponder(new Agent({ name: 'Assistant', model: scriptedModel([[refusal('I cannot.')]]) })) });

    expect(error).toBeNull();
    expect(summary(events).at(-1)).toBe('done assistant_message I cannot.');
  });
});

describe('generated images', () => {
  it('have an item of their own, with partial images on the way', async () => {
    await using local = await startLocalModel();
    local.server.reply(image('RklOQUw=', { id: 'ig_1', partials: ['UDA=', 'UDE='], format: 'webp' }), text('There'));

    const { events, items, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner, converters: { partialImages: 2 } }) });

    expect(summary(events).slice(0, 4)).toEqual(['added generated_image', 'image data:image/png;base64,UDA= 0', 'image data:image/png;base64,UDE= 0.5', 'done generated_image']);
    expect(error).toBeNull();
    expect(items.at(-2)).toMatchObject({ type: 'generated_image', image: { id: 'ig_1', url: 'data:image/webp;base64,RklOQUw=' } });
    expect(items.at(-2)?.id).not.toBe('ig_1');
  });

  it('made at the same time each get their own image', async () => {
    await using local = await startLocalModel();
    local.server.reply(parallel(image('T05F', { id: 'ig_1', partials: ['cDE='] }), image('VFdP', { id: 'ig_2', partials: ['cDI='] })), text('There'));

    const { items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(items.filter((item) => item.type === 'generated_image').map((item) => item.image)).toEqual([
      { id: 'ig_1', url: 'data:image/png;base64,T05F' }, { id: 'ig_2', url: 'data:image/png;base64,VFdP' },
    ]);
  });

  it('that fail are taken away', async () => {
    await using local = await startLocalModel();
    local.server.reply(image(null), text('Sorry'));

    const { events, items } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(summary(events).slice(0, 2)).toEqual(['added generated_image', 'removed']);
    expect(items.some((item) => item.type === 'generated_image')).toBe(false);
  });

  it('are put where the app wants them, partial ones too', async () => {
    await using local = await startLocalModel();
    local.server.reply(image('RklOQUw=', { id: 'ig_1', partials: ['UDA='] }), text('There'));
    const stages: unknown[] = [];
    const respond = agentResponder(agent(), {
      runner: local.runner,
      converters: {
        imageUrl: async (stage) => {
          stages.push(stage);
          return `https://files.example/${stage.id}`;
        },
      },
    });

    const { items } = await runTurn({ respond });

    expect(stages).toEqual([{ id: 'ig_1', base64: 'UDA=', format: 'png', partialIndex: 0 }, { id: 'ig_1', base64: 'RklOQUw=', format: 'png' }]);
    expect(items.at(-2)).toMatchObject({ image: { url: 'https://files.example/ig_1' } });
  });

  it('of any other model appear when the answer is complete', async () => {
    const { events, items } = await runTurn({ respond: agentResponder(new Agent({ name: 'A', model: scriptedModel([[image('QUJD', { id: 'ig_9' }), text('There')]]) })) });

    expect(summary(events)).toContain('done generated_image');
    expect(items.find((item) => item.type === 'generated_image')?.image).toEqual({ id: 'ig_9', url: 'data:image/png;base64,QUJD' });
  });
});

describe('hosted tools', () => {
  it('show nothing of their own', async () => {
    await using local = await startLocalModel();
    local.server.reply(
      webSearch('weather', ['https://example.com']), fileSearch(['report']), codeInterpreter('print(1)', '1'),
      mcpCall({ serverLabel: 'docs', name: 'search', output: 'found' }), text('Done'),
    );

    const { events, error } = await runTurn({ respond: agentResponder(agent(), { runner: local.runner }) });

    expect(error).toBeNull();
    expect(summary(events)).toEqual(['added assistant_message', 'part.added 0', 'delta Done', 'part.done 0 Done', 'done assistant_message Done']);
  });
});
