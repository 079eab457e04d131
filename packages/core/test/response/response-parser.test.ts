import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { defineResponseTypes, InvalidReplyError, ResponseParser, type RejectedReply, type WidgetRoot } from '../../src/index.js';

const types = defineResponseTypes({
  item_created: {
    schema: z.object({ sku: z.string(), kg: z.number(), addedAt: z.coerce.date().optional() }),
    widget: ({ sku }): WidgetRoot => ({ type: 'Card', children: [{ type: 'Text', value: sku }] }),
    message: ({ sku, kg }) => `Added ${String(kg)} kg of ${sku}.`,
  },
  item_list: { schema: z.object({ items: z.array(z.object({ name: z.string() })) }) },
  lines: { schema: z.array(z.object({ n: z.number() })) },
});
const sugar = { sku: 'sugar', kg: 10 };

function parser(): { parser: ResponseParser; rejected: RejectedReply[] } {
  const rejected: RejectedReply[] = [];
  return { parser: new ResponseParser({ types, onRejected: (reply) => rejected.push(reply) }), rejected };
}

describe('ResponseParser.parse', () => {
  it.each([
    ['type and data', { type: 'item_created', data: sugar }],
    ['type and structured_data', { type: 'item_created', structured_data: sugar }],
    ['type beside the fields', { type: 'item_created', ...sugar }],
    ['no type, but the form of one', sugar],
    ['JSON text', JSON.stringify({ type: 'item_created', data: sugar })],
    ['JSON text in a fence', `Done!\n\`\`\`json\n${JSON.stringify(sugar)}\n\`\`\``],
  ])('takes %s', async (_what, output) => {
    const { parser: subject, rejected } = parser();
    expect(await subject.parse(output)).toMatchObject({ type: 'item_created', data: sugar });
    expect(rejected).toEqual([]);
  });

  it('keeps the message that comes with it', async () => {
    expect(await parser().parser.parse({ type: 'item_created', data: sugar, message: 'In stock now.' })).toEqual({ type: 'item_created', data: sugar, message: 'In stock now.' });
    expect(await parser().parser.parse({ type: 'item_created', message: 'Beside the fields.', ...sugar })).toMatchObject({ data: sugar, message: 'Beside the fields.' });
  });

  it('gives what the schema makes of the data', async () => {
    const parsed = await parser().parser.parse({ type: 'item_created', data: { ...sugar, addedAt: '2026-01-01T00:00:00Z' } });
    expect(parsed?.data).toEqual({ ...sugar, addedAt: new Date('2026-01-01T00:00:00Z') });
  });

  it('takes the first type that data without a type fits', async () => {
    expect(await parser().parser.parse({ items: [{ name: 'salt' }] })).toMatchObject({ type: 'item_list' });
    expect(await parser().parser.parse([{ n: 1 }])).toMatchObject({ type: 'lines' });
  });

  it('takes a type whose schema has a field "type" of its own', async () => {
    const subject = new ResponseParser({ types: { event: { schema: z.object({ type: z.literal('event'), at: z.number() }) } } });
    expect(await subject.parse({ type: 'event', at: 1 })).toMatchObject({ type: 'event', data: { type: 'event', at: 1 } });
  });

  it('reports what names a type and does not fit it, with paths, and throws nothing', async () => {
    const { parser: subject, rejected } = parser();
    expect(await subject.parse({ type: 'item_created', data: { sku: 'sugar', kg: 'ten' } })).toBeNull();
    expect(await subject.parse({ type: 'item_list', data: { items: [{ name: 'a' }, {}] } })).toBeNull();
    expect(rejected.map(({ type, issues }) => [type, ...issues.map(({ path }) => path)])).toEqual([['item_created', 'kg'], ['item_list', 'items[1].name']]);
  });

  it.each([['plain text'], ['{"other":1}'], [{ other: 1 }], [{ type: 'toString', data: {} }], [{ type: 'unknown', data: sugar }], [null], [undefined], [12], [true], ['']])(
    'leaves %j as it is', async (output) => {
      const { parser: subject, rejected } = parser();
      expect(await subject.parse(output)).toBeNull();
      expect(rejected).toEqual([]);
    },
  );

  it('finds nothing without types', async () => {
    const subject = new ResponseParser({ types: {} });
    expect(subject.hasTypes).toBe(false);
    expect(await subject.parse(sugar)).toBeNull();
    expect(await subject.parseText(JSON.stringify(sugar))).toBeNull();
  });
});

describe('ResponseParser.parseText', () => {
  it('gives the reply and the text around it', async () => {
    expect(await parser().parser.parseText(`Here:\n${JSON.stringify(sugar)}\nAnything else?`)).toEqual({ reply: { type: 'item_created', data: sugar }, rest: 'Here:\n\nAnything else?' });
  });

  it('gives null for text without one', async () => {
    expect(await parser().parser.parseText('Hello {"not": "one"}')).toBeNull();
    expect(await parser().parser.parseText('{"not": "one"}')).toBeNull();
  });
});

describe('ResponseParser.check', () => {
  it('gives a reply that fits', async () => {
    expect(await parser().parser.check({ type: 'item_created', data: sugar })).toEqual({ type: 'item_created', data: sugar, message: undefined });
  });

  it('throws for data that does not, and says where', async () => {
    const check = parser().parser.check({ type: 'item_created', data: { sku: 1 } });
    await expect(check).rejects.toBeInstanceOf(InvalidReplyError);
    await expect(check).rejects.toMatchObject({ type: 'item_created', issues: [{ path: 'sku' }, { path: 'kg' }] });
    await expect(check).rejects.toThrow(/does not fit the response type "item_created": sku: /);
  });

  it('throws for data that is none at all, without a path', async () => {
    await expect(parser().parser.check({ type: 'item_list', data: null })).rejects.toThrow(/"item_list": (?!:)/);
  });

  it.each(['nope', 'constructor'])('throws for the unknown type %s', async (type) => {
    await expect(parser().parser.check({ type, data: {} })).rejects.toThrow(`"${type}": there is no such response type`);
  });
});

describe('what a reply looks like', () => {
  it('is its own message, else what its type makes of the data, else nothing', () => {
    const { parser: subject } = parser();
    expect(subject.messageOf({ type: 'item_created', data: sugar, message: 'Own' })).toBe('Own');
    expect(subject.messageOf({ type: 'item_created', data: sugar })).toBe('Added 10 kg of sugar.');
    expect(subject.messageOf({ type: 'item_list', data: { items: [] } })).toBe('');
    expect(subject.messageOf({ type: 'gone', data: {} })).toBe('');
  });

  it('is the widget of its type, or none', () => {
    const { parser: subject } = parser();
    expect(subject.widgetOf({ type: 'item_created', data: sugar })).toEqual({ type: 'Card', children: [{ type: 'Text', value: 'sugar' }] });
    expect(subject.widgetOf({ type: 'item_list', data: { items: [] } })).toBeNull();
  });

  it('has the types of the schemas', () => {
    expectTypeOf(types.item_created.message).parameter(0).toHaveProperty('kg').toEqualTypeOf<number>();
  });
});
