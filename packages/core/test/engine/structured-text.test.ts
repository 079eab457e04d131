import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineResponseTypes } from '../../src/index.js';
import { runTurn } from '../agents/run-turn.js';
import { answerWithReply, inPieces, reply, replySchema } from '../response/streamed-answers.js';
import { card } from '../runs/client-state.js';
import { streamedText, texts, typesOf } from './chat-server.js';

const responseTypes = defineResponseTypes({ item: { schema: replySchema, widget: ({ sku }) => card(sku) } });

function answer(...pieces: string[]): ReturnType<typeof runTurn> {
  return runTurn({ responseTypes, async *respond() {
    yield* pieces;
  } });
}

describe('a reply in a streamed answer', () => {
  it('is shown as its widget; of the text only the rest is left', async () => {
    const { items, events } = await answer('Here it is:\n', '{"type":"item",', '"data":{"sku":"SKU-1","amount":3}}', '\nAnything else?');
    expect(items.slice(1)).toMatchObject([{ type: 'widget', widget: card('SKU-1') }, { type: 'assistant_message', content: [{ text: 'Here it is:\n\nAnything else?' }] }]);
    expect(streamedText(events)).toBe('Here it is:\n');
  });

  it('may stand within a sentence', async () => {
    const { items, events } = await answer('Use {braces}. Done', '! {"type":"it', 'em","data":{"sku":"SKU-1","amount":3}} Anyth', 'ing else?');
    expect(items.slice(1)).toMatchObject([{ type: 'widget', widget: card('SKU-1') }, { type: 'assistant_message', content: [{ text: 'Use {braces}. Done! Anything else?' }] }]);
    expect(streamedText(events)).toBe('Use {braces}. Done! ');
  });

  it('is not what an example in a sentence looks like', async () => {
    const { items, events } = await answer('{"sku":"SKU-1","amount":3}', ' is what JSON looks like, as {"sku":"SKU-2",', '"amount":4} does.');
    expect(streamedText(events)).toBe('{"sku":"SKU-1","amount":3} is what JSON looks like, as {"sku":"SKU-2","amount":4} does.');
    expect(items.slice(1).map(({ type }) => type)).toEqual(['assistant_message']);
  });

  it('that is all of it leaves no message', async () => {
    const { items, events } = await answer('```json\n', JSON.stringify(reply), '\n```');
    expect(items.slice(1)).toMatchObject([{ type: 'widget' }]);
    expect(typesOf(events)).toEqual(['thread.item.added', 'thread.item.updated', 'thread.item.done', 'thread.item.removed']);
  });

  it('that is none is shown after all', async () => {
    const { items, events } = await answer('{"other"', ': 1}');
    expect(streamedText(events)).toBe('{"other": 1}');
    expect(texts(items).at(-1)).toBe('{"other": 1}');
  });

  it('is looked for in a whole message, and in the last of its parts', async () => {
    const { items, events } = await runTurn({ responseTypes, async *respond(turn) {
      const id = turn.newId('message');
      const part = (index: number, delta: string) => ({ type: 'thread.item.updated' as const, item_id: id, update: { type: 'assistant_message.content_part.text_delta' as const, content_index: index, delta } });
      yield { type: 'thread.item.added', item: { type: 'assistant_message', id, content: [] } };
      yield part(0, 'Here:');
      yield part(1, JSON.stringify(reply));
      yield { type: 'thread.item.done', item: { type: 'assistant_message', id, content: ['Here:', JSON.stringify(reply)].map((text) => ({ type: 'output_text', text, annotations: [] })) } };
    } });
    expect(streamedText(events)).toBe('Here:');
    expect(items.slice(1)).toMatchObject([{ type: 'widget' }, { content: [{ text: 'Here:' }] }]);
  });

  it('is taken once: a second one stays text', async () => {
    const { items } = await runTurn({ responseTypes, respond: async (turn) => {
      await turn.sendText(JSON.stringify(reply));
      await turn.sendText(JSON.stringify(reply));
    } });
    expect(items.slice(1).map(({ type }) => type)).toEqual(['widget', 'assistant_message']);
  });

  it('is forgotten when its widget is removed', async () => {
    const { items } = await runTurn({ responseTypes, respond: async (turn) => {
      await turn.sendText(JSON.stringify(reply));
      const [shown] = (await turn.items({ limit: 1 })).data;
      await turn.emit({ type: 'thread.item.removed', item_id: shown?.id ?? '' });
      await turn.sendText(JSON.stringify(reply));
    } });
    expect(items.slice(1).map(({ type }) => type)).toEqual(['widget']);
  });

  it('of an earlier message is the app\'s own business', async () => {
    const { events } = await runTurn({ responseTypes, async *respond() {
      yield { type: 'thread.item.updated', item_id: 'earlier', update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: '{"a":1}' } };
    } });
    expect(streamedText(events)).toBe('{"a":1}');
  });

  it('never shows its JSON in what is streamed, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(answerWithReply, fc.array(fc.nat(), { maxLength: 12 }), async (text, cuts) => {
        const { events, items } = await answer(...inPieces(text, cuts));
        expect(items.filter(({ type }) => type === 'widget')).toHaveLength(1);
        const streamed = JSON.stringify(events.filter(({ type }) => type !== 'thread.item.done'));
        expect(streamed).not.toContain('SKU-1');
        expect(streamed).not.toContain('amount');
        expect(texts(items).join()).not.toContain('SKU-1');
      }),
      { numRuns: 300 },
    );
  });
});
